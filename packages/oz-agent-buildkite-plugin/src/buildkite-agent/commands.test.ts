import type { Processes } from '@oz-agent/core'
import { completed, FakeClock, FakeProcesses, FakeStopSignals } from '@oz-agent/core/testing'
import { describe, expect, it } from 'vitest'
import { createAgentCommands } from './commands.ts'

const LIMIT = 1_000

function setUp(answer: FakeProcesses['answer']) {
  const processes = new FakeProcesses()
  processes.answer = answer
  const [stop, clock] = [new FakeStopSignals(), new FakeClock()]
  const commands = createAgentCommands({ PATH: '/bin' }, '/checkout', { processes, stop, clock })
  return { processes, stop, clock, commands }
}

describe('the commands of the agent', () => {
  it('have their arguments', async () => {
    const { processes, commands } = setUp(() => completed())
    await commands.annotate('body', 'context', 'info', LIMIT)
    await commands.setMetaData('key', 'value', LIMIT)
    await commands.uploadArtifacts(['a/b', 'a/c'], '/folder', LIMIT)
    await commands.setLabel('label', LIMIT)
    await commands.addRedactions(['hunter2'], LIMIT)
    await commands.getSecret('name', LIMIT)
    await commands.getVersion(LIMIT)
    expect(processes.ran.map(({ args, cwd }) => [args.join(' '), cwd])).toEqual([
      ['annotate --context context --style info', '/checkout'],
      ['meta-data set key', '/checkout'],
      ['artifact upload a/b;a/c', '/folder'],
      ['step update label', '/checkout'],
      ['redactor add --format json', '/checkout'],
      ['secret get name', '/checkout'],
      ['--version', '/checkout'],
    ])
    expect(JSON.stringify(processes.ran)).not.toContain('hunter2')
  })

  it.each([
    [
      'a status',
      () => completed({ exit: { kind: 'code', code: 1 }, stderr: 'more\nfatal: 500\n' }),
      'ended with 1: fatal: 500',
    ],
    ['a signal', () => completed({ exit: { kind: 'signal', signal: 'SIGKILL' } }), 'ended by SIGKILL'],
    ['the time limit', () => completed({ timedOut: true }), 'gave no answer within 1000 ms'],
    [
      'no such program',
      () => Promise.reject(new Error('buildkite-agent cannot be started')),
      'buildkite-agent cannot be started',
    ],
  ] as const)('fail softly by %s', async (_, answer, reason) => {
    const { commands } = setUp(answer)
    expect(await commands.annotate('x', 'c', 'info', LIMIT)).toEqual({ ok: false, reason })
  })

  it('do not hold up a job that is cancelled', async () => {
    const { commands, processes, stop, clock } = setUp(() => completed())
    const hang: Processes['run'] = (_, { signal }) =>
      new Promise((resolve) =>
        signal?.addEventListener('abort', () => resolve(completed({ timedOut: true }))),
      )
    Object.assign(processes, { run: hang })
    const uploading = commands.uploadArtifacts(['a'], '/folder', 120_000)
    stop.send('SIGTERM')
    await clock.advance(5_000)
    expect(await uploading).toEqual({ ok: false, reason: 'the job was cancelled meanwhile' })
    expect([stop.listening, clock.waiting]).toEqual([0, 0])
  })
})
