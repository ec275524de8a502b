import { completed, FakeProcesses } from '@oz-agent/core/testing'
import { describe, expect, it } from 'vitest'
import { createAgentCommands } from './agent-commands.ts'

const LIMIT = 1_000

function setUp(answer: FakeProcesses['answer']) {
  const processes = new FakeProcesses()
  processes.answer = answer
  return { processes, commands: createAgentCommands({ PATH: '/bin' }, processes, '/checkout') }
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
    expect(processes.ran.map(({ args, cwd }) => [args.join(' '), cwd])).toEqual([
      ['annotate --context context --style info', '/checkout'],
      ['meta-data set key', '/checkout'],
      ['artifact upload a/b;a/c', '/folder'],
      ['step update label', '/checkout'],
      ['redactor add --format json', '/checkout'],
      ['secret get name', '/checkout'],
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
})
