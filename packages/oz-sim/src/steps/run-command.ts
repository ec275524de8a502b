import { spawn } from 'node:child_process'
import type { Agent } from '../run/agent.ts'
import { toolCall, toolResult } from '../run/event.ts'
import { defineStep } from './step.ts'

export const runCommand = defineStep({
  name: 'run',
  summary: 'Really runs a shell command in the working folder and reports its exit code and output.',
  shorthand: 'command',
  schema: (z) =>
    z.strictObject({
      command: z.string().describe('Passed to `sh -c`.'),
      pretend: z
        .strictObject({ exit_code: z.int(), output: z.string().optional() })
        .optional()
        .describe('Report this result and run nothing.'),
      running: z.boolean().optional().describe('`true` first reports the status `running`.'),
    }),
  run: async ({ command, pretend, running }, agent) => {
    await agent.emit(toolCall('run_command', { command }))
    if (running) await agent.emit(toolResult('run_command', { status: 'running' }))
    const { exit_code, output = '' } = pretend ?? (await shell(command, agent))
    await agent.emit(toolResult('run_command', { status: 'complete', exit_code, output }))
  },
})

/** Runs the command to its end; a run that winds down takes it along. */
function shell(command: string, agent: Agent): Promise<{ exit_code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', command], {
      cwd: agent.cwd,
      env: { ...agent.host.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const chunks: Buffer[] = []
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    agent.stopping.addEventListener('abort', () => child.kill('SIGTERM'))
    child.on('error', reject)
    child.on('close', (code) => {
      resolve({ exit_code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') })
    })
  })
}
