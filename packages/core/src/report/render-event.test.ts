import { describe, expect, it } from 'vitest'
import type { OzEvent } from '../agent/event.ts'
import { parseLine } from '../agent/event.ts'
import { eventLine, eventLines, PlainLogFormat } from '../testing/staged-run.ts'
import { EventRenderer } from './render-event.ts'

function eventsOf(lines: string): OzEvent[] {
  return lines
    .trim()
    .split('\n')
    .map(parseLine)
    .flatMap((line) => (line.kind === 'event' ? [line.event] : []))
}

function rendered(...lines: string[]): string[] {
  const renderer = new EventRenderer()
  const items = eventsOf(lines.join('')).flatMap((event) => renderer.render(event))
  const format = new PlainLogFormat()
  return [...items, ...renderer.end()].map((item) => format.format(item).trimEnd())
}

const { agent, reasoning, call, result, command } = eventLines

describe('the log of a run', () => {
  const rows: [name: string, lines: string[], log: string[]][] = [
    ['a message', [agent('Hello\n')], ['say: Hello']],
    ['a blank message', [agent(' ')], []],
    ['reasoning', [reasoning('hm')], ['open: Thinking', 'body: hm', 'close']],
    ['a command', [command('npm test', 0, 'ok\n')], ['open: Run: npm test', 'body: ok', 'close']],
    ['a command that says nothing', [command('true', 0, '')], ['open: Run: true', 'close']],
    [
      'a command that fails',
      [command('false', 1, '')],
      ['open: Run: false', 'body: exit code 1', 'close: failed'],
    ],
    [
      'a command that goes on',
      [call('run_command', { command: 'serve' }), result('run_command', { status: 'running' })],
      ['open: Run: serve', 'body: still running', 'close'],
    ],
    [
      'an edit with its diff',
      [call('edit_files', { file_paths: ['a'] }), result('edit_files', { diff: '-a\n+b\n' })],
      ['open: Edit: a', 'body: -a\n+b', 'close'],
    ],
    [
      'a search without a find',
      [call('grep', { queries: ['x'] }), result('grep', { files: [] })],
      ['open: Search: x', 'body: nothing found', 'close'],
    ],
    [
      'files that could not be read',
      [
        call('read_files', { files: [{ path: 'a' }] }),
        result('read_files', { files: [], failed_files: [{ path: 'a' }] }),
      ],
      ['open: Read: a', 'body: could not read a', 'close: failed'],
    ],
    [
      'an MCP tool',
      [call('call_mcp_tool', { name: 'x' }), result('call_mcp_tool', { result: { ok: true } })],
      ['open: MCP tool: x', 'body: {\n "ok": true\n}', 'close'],
    ],
    [
      'a tool that breaks',
      [call('grep', { queries: ['x'] }), eventLine({ type: 'tool_error', error: 'no such folder' })],
      ['open: Search: x', 'body: no such folder', 'close: failed'],
    ],
    [
      'a tool that is canceled',
      [call('grep', { queries: ['x'] }), eventLine({ type: 'tool_canceled' })],
      ['open: Search: x', 'body: canceled', 'close: failed'],
    ],
    [
      'a result after the agent spoke',
      [call('grep', { queries: ['x'] }), agent('hm'), result('grep', { files: ['a'] })],
      ['open: Search: x', 'close', 'say: hm', 'open: Result of Search: x', 'body: a', 'close'],
    ],
    [
      'calls side by side',
      [
        call('grep', { queries: ['x'] }),
        call('run_command', { command: 'y' }),
        result('grep', { files: ['a'] }),
        result('run_command', { status: 'complete', exit_code: 0, output: 'z' }),
      ],
      [
        'open: Search: x',
        'close',
        'open: Run: y',
        'close',
        'open: Result of Search: x',
        'body: a',
        'close',
        'open: Result of Run: y',
        'body: z',
        'close',
      ],
    ],
    [
      'a result without a call',
      [result('grep', { files: ['a'] })],
      ['open: Result of Search:', 'body: a', 'close'],
    ],
    [
      'a list of tasks',
      [eventLine({ type: 'update_todos', todo_list: [{ title: 'a' }, { title: 'b' }] })],
      ['open: To do: 2', 'body: - a\n- b', 'close'],
    ],
    [
      'the links of a run',
      [eventLines.runStarted('r'), eventLines.sessionShared('https://app.warp.dev/s')],
      ['link: Oz run https://oz.warp.dev/runs/r', 'link: Shared session https://app.warp.dev/s'],
    ],
    [
      'a pull request',
      [eventLines.pullRequest('https://example.com/pull/1', 'fix')],
      ['link: pull request: fix https://example.com/pull/1'],
    ],
    [
      'a file without a link',
      [eventLine({ type: 'artifact_created', artifact_type: 'file', filename: 'a.csv' })],
      ['body: Created file: a.csv'],
    ],
    [
      'a sub-agent and a skill',
      [eventLine({ type: 'Subagent', task_id: 't' }), eventLine({ type: 'SkillInvoked', name: 's' })],
      ['body: Sub-agent: t', 'body: Skill: s'],
    ],
    [
      'unknown events, once each kind and their number at the end',
      [eventLine({ type: 'x' }), eventLine({ type: 'y' }), eventLine({ type: 'x' })],
      [
        'body: Unknown event x: kept in the transcript',
        'body: Unknown event y: kept in the transcript',
        'body: Unknown event x: 2 in all',
      ],
    ],
    ['a group that never ends', [call('grep', { queries: ['x'] })], ['open: Search: x', 'close']],
  ]
  it.each(rows)('%s', (_name, lines, log) => {
    expect(rendered(...lines)).toEqual(log)
  })

  it('shows no control character of the agent anywhere', () => {
    const evil = 'a\x1b]0;x\x07\r::error::b\u2028c'
    const log = rendered(
      agent(evil),
      reasoning(evil),
      command(evil, 1, evil),
      eventLine({ type: evil }),
      eventLine({ type: 'Subagent', task_id: evil }),
    )
    expect(log.join('\n')).not.toMatch(/[\x00-\x09\x0b-\x1f\u2028]/)
  })
})
