import { appendFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { execa } from 'execa'
import * as z from 'zod/mini'
import type { Agent } from '../run/agent.ts'
import { toolCall, toolResult } from '../run/event.ts'
import { defineStep, duration, key, optional, toMs } from './step.ts'

/** Processes that an agent starts. */
export const processes = {
  run: defineStep({
    summary: 'Really runs a shell command in the working folder and reports its exit code and output.',
    shorthand: 'command',
    schema: () =>
      z.strictObject({
        command: key(z.string(), 'Passed to `sh -c`.'),
        pretend: optional(
          z.strictObject({ exit_code: z.int(), output: z.optional(z.string()) }),
          'Report this result and run nothing.',
        ),
        running: optional(z.boolean(), '`true` first reports the status `running`.'),
      }),
    run: async ({ command, pretend, running }, agent) => {
      await agent.emit(toolCall('run_command', { command }))
      if (running) await agent.emit(toolResult('run_command', { status: 'running' }))
      const { exit_code, output = '' } = pretend ?? (await shell(command, agent))
      await agent.emit(toolResult('run_command', { status: 'complete', exit_code, output }))
    },
  }),

  spawn: defineStep({
    summary: 'Leaves a process behind that outlives the agent.',
    schema: () =>
      z.strictObject({
        detached: optional(
          z.boolean(),
          '`true`: in a session of its own (setsid), out of the process group.',
        ),
        holds_stdout: optional(z.boolean(), '`true`: keeps the stdout of the agent open.'),
        ignores_sigterm: optional(z.boolean(), '`true`: only SIGKILL ends it.'),
        for: optional(duration, 'How long it lives; `1m` by default.'),
        pid_file: optional(z.string(), 'File of the working folder that gets its process id, a line each.'),
      }),
    run: async (input, agent) => {
      const seconds = Math.max(1, Math.ceil(toMs(input.for ?? '1m') / 1000))
      const trap = input.ignores_sigterm ? "trap '' TERM INT HUP; " : ''
      // The trap is inherited by `sleep`; without one, exec leaves a single process to find and to kill.
      const child = execa('sh', ['-c', `${trap}exec sleep ${seconds}`], {
        ...inheritedBy(agent),
        detached: input.detached ?? false,
        stdout: input.holds_stdout ? 'inherit' : 'ignore',
        stderr: 'ignore',
      })
      if (input.pid_file) await appendFile(resolve(agent.cwd, input.pid_file), `${child.pid}\n`)
    },
  }),
}

/** What every process gets of the agent. `cleanup` would end it with the agent, and hear the agent's signals. */
const inheritedBy = ({ cwd, host }: Agent) =>
  ({ cwd, env: { ...host.env }, extendEnv: false, stdin: 'ignore', reject: false, cleanup: false }) as const

/** Runs the command to its end; a run that winds down takes it along. */
async function shell(command: string, agent: Agent): Promise<{ exit_code: number; output: string }> {
  const { exitCode, all, cause } = await execa('sh', ['-c', command], {
    ...inheritedBy(agent),
    all: true,
    stripFinalNewline: false,
    cancelSignal: agent.stopping,
  })
  if (exitCode === undefined && cause && !agent.stopping.aborted) throw cause
  return { exit_code: exitCode ?? 1, output: all }
}
