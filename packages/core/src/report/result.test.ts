import { describe, expect, it } from 'vitest'
import { NO_EVENTS } from '../agent/run-state.ts'
import { createRedactor } from '../auth/redactor.ts'
import { resultSchema } from '../contract/result.ts'
import { buildResult, type ResultParts } from './result.ts'

const parts: ResultParts = {
  outcome: 'succeeded',
  exitCode: 0,
  reason: 'the agent finished',
  state: NO_EVENTS,
  timing: { startedAt: Date.UTC(2026, 7, 19, 8, 14), total: 1234.6 },
  ci: { name: 'plain', jobUrl: undefined, commit: undefined },
  warnings: [],
  redactor: createRedactor(['wk-secret-1', 'timed-out']),
}

describe('result.json', () => {
  it('fits its schema when nothing was started', () => {
    const result = buildResult({
      ...parts,
      outcome: 'not-permitted',
      exitCode: 77,
      error: { code: 'not-permitted', message: 'no key' },
    })
    expect(resultSchema.parse(result)).toEqual(result)
    expect(result.error).toEqual({ code: 'not-permitted', message: 'no key', remedy: null })
    expect(result.run).toEqual({ id: null, url: null, session_url: null, conversation_id: null })
    expect(result.timing).toEqual({
      started_at: '2026-08-19T08:14:00.000Z',
      install_ms: null,
      startup_ms: null,
      first_event_ms: null,
      total_ms: 1235,
    })
  })

  it("fits its schema with what the step's own command did", () => {
    const command = { exit_status: 1, duration_ms: 1200, rerun: { exit_status: 0, duration_ms: 900 } }
    const result = buildResult({ ...parts, command })
    expect(resultSchema.parse(result)).toEqual(result)
    expect(result.command).toEqual(command)
    expect(buildResult(parts)).not.toHaveProperty('command')
  })

  it('fits its schema with everything known', () => {
    const result = buildResult({
      ...parts,
      state: {
        ...NO_EVENTS,
        runId: 'r',
        finalMessage: 'done',
        artifacts: [{ type: 'pull_request', url: 'https://example.com/1', later: true }],
        toolCalls: { run_command: 2 },
        failedCommands: [{ command: 'npm test', exitCode: -1 }],
        failedCommandCount: 1,
        unknownEvents: { novel: 3 },
      },
      timing: { ...parts.timing, install: 10.4, startup: 20, firstEvent: 30 },
      cli: { path: '/opt/oz', version: 'v0.1', sha256: undefined, source: 'path' },
      warnings: ['careful'],
    })
    expect(resultSchema.parse(result)).toEqual(result)
    expect(result.statistics.failed_commands).toEqual([{ command: 'npm test', exit_code: -1 }])
  })

  it('hides secrets wherever they come from, and keeps the outcome even if a secret spells it', () => {
    const result = buildResult({
      ...parts,
      outcome: 'timed-out',
      exitCode: 124,
      reason: 'it said wk-secret-1',
      error: { code: 'timed-out', message: 'wk-secret-1', remedy: 'not wk-secret-1' },
      warnings: ['wk-secret-1'],
      state: { ...NO_EVENTS, finalMessage: 'wk-secret-1', editedFiles: ['wk-secret-1'] },
    })
    expect(JSON.stringify(result)).not.toContain('wk-secret-1')
    expect([result.outcome, result.error?.code]).toEqual(['timed-out', 'timed-out'])
    expect(resultSchema.parse(result)).toEqual(result)
  })

  it('keeps its form where secrets spell the names of its fields', () => {
    const redactor = createRedactor(['reason', 'statistics', 'command', 'path'])
    const result = buildResult({ ...parts, redactor, reason: 'no reason' })
    expect(resultSchema.parse(result)).toEqual(result)
    expect(result.reason).toBe('no ***')
  })

  it('hides a key that something unseen tears apart', () => {
    const torn = [...'wk-secret-1'].join('\u00ad')
    const result = buildResult({
      ...parts,
      reason: torn,
      warnings: [torn],
      state: { ...NO_EVENTS, finalMessage: torn },
    })
    expect([result.reason, result.warnings, result.final_message]).toEqual(['***', ['***'], '***'])
  })

  it.each(['https', 'ftp', 'socks5h', 'postgres', 'git+ssh'])(
    'shows no password of an address (%s)',
    (scheme) => {
      const message = `${scheme}://me:p%40ss@h.example.com:1/x and ${scheme}://:pw@h did not answer`
      const result = buildResult({
        ...parts,
        reason: message,
        error: { code: 'temporary', message, remedy: 'Put https://user:password@mirror there.' },
        warnings: [message],
      })
      const shown = `${scheme}://***@h.example.com:1/x and ${scheme}://***@h did not answer`
      expect([result.reason, result.error?.message, ...result.warnings]).toEqual([shown, shown, shown])
      expect(result.error?.remedy).toContain('user:password@')
    },
  )
})
