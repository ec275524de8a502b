import { createNodePorts } from '@oz-agent/core'
import { FakeStopSignals } from '@oz-agent/core/testing'
import { describe, expect, it } from 'vitest'
import { commandEnvironment, exitStatusOf, hookStatus, runCommand } from './run-command.ts'

const nodePorts = createNodePorts()

async function run(script: string, onText: (text: string, stop: FakeStopSignals) => void = () => {}) {
  const stop = new FakeStopSignals()
  let output = ''
  const end = await runCommand(
    {
      command: {
        text: script,
        file: '/bin/sh',
        args: ['-c', 'exec "$@" 2>&1', 'sh', '/bin/sh', '-c', script],
        script: undefined,
      },
      env: { PATH: process.env.PATH },
      cwd: '/',
      grace: 300,
      onOutput: (chunk) => {
        output += Buffer.from(chunk)
        onText(output, stop)
      },
    },
    { ...nodePorts, stop },
  )
  return { end, output }
}

const cancelAt = (text: string) => (output: string, stop: FakeStopSignals) => {
  if (output.includes(text)) stop.send('SIGTERM')
}

describe("the step's own command", () => {
  it('has its output in order, and its status', async () => {
    const { end, output } = await run('echo one; echo two >&2; echo three; exit 7')
    expect(end).toEqual({ kind: 'ended', exit: { kind: 'code', code: 7 } })
    expect(output).toBe('one\ntwo\nthree\n')
  })

  it('does not wait for what it left behind', async () => {
    const { end, output } = await run('sleep 60 & echo $!')
    expect(end).toEqual({ kind: 'ended', exit: { kind: 'code', code: 0 } })
    process.kill(Number(output))
  })

  it('is handed the signal', async () => {
    const { end, output } = await run(
      "trap 'echo stopped; exit 3' TERM; echo started; sleep 60 & wait",
      cancelAt('started'),
    )
    expect(end).toEqual({ kind: 'cancelled', signal: 'SIGTERM' })
    expect(output).toContain('stopped')
  })

  it('is killed when it ignores the signal', async () => {
    const { end } = await run("trap '' TERM; echo started; while :; do sleep 60; done", cancelAt('started'))
    expect(end).toEqual({ kind: 'cancelled', signal: 'SIGTERM' })
  })

  it('does not see the options of the plugin', () => {
    const env = {
      BUILDKITE_PLUGIN_NAME: 'OZ_AGENT',
      BUILDKITE_PLUGIN_CONFIGURATION: '{}',
      BUILDKITE_PLUGIN_OZ_AGENT_PROMPT: 'x',
      BUILDKITE_PLUGINS_PATH: '/plugins',
      BUILDKITE_BRANCH: 'main',
    }
    expect(commandEnvironment(env)).toEqual({ BUILDKITE_PLUGINS_PATH: '/plugins', BUILDKITE_BRANCH: 'main' })
  })
})

it.each([
  ['a status', { kind: 'code', code: 7 }, 7],
  ['SIGKILL', { kind: 'signal', signal: 'SIGKILL' }, 137],
  ['SIGTERM', { kind: 'signal', signal: 'SIGTERM' }, 143],
] as const)('%s', (_, exit, status) => {
  expect(exitStatusOf(exit)).toBe(status)
})

it.each([
  ['any other', 124, 'buildkite-agent version 3.130.0', 124],
  ['125 where the agent takes it for its own', 125, 'buildkite-agent version 3.121.1+8000.abc', 1],
  ['125 of version 4', 125, 'buildkite-agent version 4.0.0-beta.9', 1],
  ['125 where the agent lets it be', 125, 'buildkite-agent version 3.121.0+7999.abc', 125],
  ['125 of an old agent', 125, 'buildkite-agent version 3.78.0', 125],
  ['125 of an agent that does not say its version', 125, undefined, 1],
] as const)('the status of the hook is right for %s', (_, status, version, expected) => {
  expect(hookStatus(status, version)).toBe(expected)
})

it('never is the status that a new agent keeps for itself', () => {
  expect([0, 1, 124, 125, 143].map((status) => hookStatus(status, undefined))).toEqual([0, 1, 124, 1, 143])
})
