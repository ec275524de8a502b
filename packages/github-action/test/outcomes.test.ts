import { resultSchema } from '@oz-agent/core'
import { afterEach, describe, expect, test } from 'vitest'
import { jobWith } from './support.ts'

type Row = {
  name: string
  script: Parameters<typeof jobWith>[0]
  with?: Record<string, string>
  outcome: string
  exitCode: string
  says?: RegExp
  closes?: boolean
}

/** A cloud run that has ended by the first look at it. */
const ends = (state: string) => ({ cloud: { states: [state], printed: ['InProgress' as const] } })

const rows: Row[] = [
  { name: 'an agent that does its work', script: 'success', outcome: 'succeeded', exitCode: '0' },
  { name: 'an agent that edits files', script: 'edits-files', outcome: 'succeeded', exitCode: '0' },
  { name: 'an agent whose command fails', script: 'failing-command', outcome: 'succeeded', exitCode: '0' },
  { name: 'an agent that makes things', script: 'artifacts', outcome: 'succeeded', exitCode: '0' },
  {
    name: 'events that came with a later release',
    script: 'unknown-events',
    outcome: 'succeeded',
    exitCode: '0',
  },
  { name: 'garbage between events', script: 'garbage', outcome: 'succeeded', exitCode: '0' },
  { name: 'an agent that says nothing', script: 'no-output', outcome: 'no-output', exitCode: '3' },
  {
    name: 'an agent that may say nothing',
    script: 'no-output',
    with: { allow_empty: 'true' },
    outcome: 'succeeded',
    exitCode: '0',
  },
  { name: 'an agent that fails', script: 'agent-error', outcome: 'agent-failed', exitCode: '1' },
  {
    name: 'an agent that crashes',
    script: 'crash-signal',
    outcome: 'agent-failed',
    exitCode: '1',
    says: /SIGSEGV/,
  },
  {
    name: 'an agent that hangs at start',
    script: 'hang-start',
    with: { startup_timeout: '300ms' },
    outcome: 'temporary',
    exitCode: '75',
    says: /no sign of life/,
    closes: false,
  },
  {
    name: 'an agent that runs out of time and returns 0',
    script: 'sigterm-exit-0',
    with: { timeout: '2s' },
    outcome: 'timed-out',
    exitCode: '124',
    says: /deadline of 2s/,
  },
  {
    name: 'a rate limit',
    script: 'temporary-429',
    outcome: 'temporary',
    exitCode: '75',
    says: /429/,
    closes: false,
  },
  {
    name: 'a network failure',
    script: 'temporary-network',
    outcome: 'temporary',
    exitCode: '75',
    says: /network/,
    closes: false,
  },
  { name: 'no credits', script: 'credits', outcome: 'not-permitted', exitCode: '77', says: /credits/ },
  {
    name: 'a refused key',
    script: 'invalid-key',
    outcome: 'not-permitted',
    exitCode: '77',
    says: /refused the API key/,
    closes: false,
  },
  {
    name: 'a child that outlives the agent',
    script: 'grandchildren',
    outcome: 'succeeded',
    exitCode: '0',
  },
  {
    name: 'a cloud run that succeeds',
    script: ends('SUCCEEDED'),
    with: { cloud: 'true' },
    outcome: 'succeeded',
    exitCode: '0',
    closes: false,
  },
  {
    name: 'a cloud run that fails',
    script: ends('FAILED'),
    with: { cloud: 'true' },
    outcome: 'agent-failed',
    exitCode: '1',
    says: /FAILED/,
    closes: false,
  },
  {
    name: 'a cloud run that waits for a person',
    script: ends('BLOCKED'),
    with: { cloud: 'true' },
    outcome: 'blocked',
    exitCode: '4',
    closes: false,
  },
  {
    name: 'a cloud run that someone cancels',
    script: ends('CANCELLED'),
    with: { cloud: 'true' },
    outcome: 'cancelled',
    exitCode: '130',
    closes: false,
  },
]

describe('the built action tells the truth about', () => {
  let job: Awaited<ReturnType<typeof jobWith>>
  afterEach(() => job.runner.remove())

  test.each(rows)('$name', async (row) => {
    job = await jobWith(row.script)
    const { runner } = job
    const end = await runner.run({ ...job.inputs, ...row.with })
    const outputs = runner.outputs()
    expect(outputs, end.log).toMatchObject({ outcome: row.outcome, exit_code: row.exitCode })
    expect(String(end.exitCode)).toBe(row.exitCode)
    expect(Object.keys(outputs).sort()).toEqual(OUTPUT_NAMES)
    const result = resultSchema.parse(runner.result())
    expect(result).toMatchObject({ outcome: row.outcome, exit_code: Number(row.exitCode) })
    expect(runner.summary()).toContain(row.outcome)
    if (row.says !== undefined) expect(`${end.log}\n${runner.summary()}`).toMatch(row.says)
    if (row.exitCode !== '0') expect(end.log).toContain(`::error title=Oz agent%3A ${row.outcome}::`)
    expect(await job.closings()).toHaveLength(row.closes === false ? 0 : 1)

    // The post step finds nothing left to do.
    const post = await runner.start('post', { ...job.inputs, ...row.with }).ended
    expect(post, post.log).toMatchObject({ exitCode: 0 })
    expect(await job.closings()).toHaveLength(row.closes === false ? 0 : 1)
  })
})

const OUTPUT_NAMES = [
  ...['agent_output', 'artifacts', 'conversation_id', 'duration_seconds', 'exit_code', 'final_message'],
  ...['outcome', 'pull_request_url', 'result_file', 'run_id', 'run_url', 'session_url', 'transcript_file'],
]
