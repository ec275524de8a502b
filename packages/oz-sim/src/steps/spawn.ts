import { spawn as spawnProcess } from 'node:child_process'
import { appendFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { duration, toMs } from './duration.ts'
import { defineStep } from './step.ts'

export const spawn = defineStep({
  name: 'spawn',
  summary: 'Leaves a process behind that outlives the agent.',
  schema: (z) =>
    z.strictObject({
      detached: z
        .boolean()
        .optional()
        .describe('`true`: in a session of its own (setsid), out of the process group.'),
      holds_stdout: z.boolean().optional().describe('`true`: keeps the stdout of the agent open.'),
      ignores_sigterm: z.boolean().optional().describe('`true`: only SIGKILL ends it.'),
      for: duration(z).optional().describe('How long it lives; `1m` by default.'),
      pid_file: z
        .string()
        .optional()
        .describe('File of the working folder that gets its process id, a line each.'),
    }),
  run: async (input, agent) => {
    const seconds = Math.max(1, Math.ceil(toMs(input.for ?? '1m') / 1000))
    const trap = input.ignores_sigterm ? "trap '' TERM INT HUP; " : ''
    const output = input.holds_stdout ? 'inherit' : 'ignore'
    // The trap is inherited by `sleep`; without one, exec leaves a single process to find and to kill.
    const child = spawnProcess('sh', ['-c', `${trap}exec sleep ${seconds}`], {
      cwd: agent.cwd,
      detached: input.detached ?? false,
      env: { ...agent.host.env },
      stdio: ['ignore', output, 'ignore'],
    })
    child.unref()
    if (input.pid_file) await appendFile(resolve(agent.cwd, input.pid_file), `${child.pid}\n`)
  },
})
