import { createRedactor, type ExitStatus } from '@oz-agent/core'
import { exitStatusOf } from '../command/exit-status.ts'
import type { Failure } from '../command/failure-prompt.ts'
import { keepLastPart } from '../command/last-part.ts'
import { commandEnvironment, runCommand } from '../command/run-command.ts'
import { mayEvaluate, type StepCommand } from '../command/step-command.ts'
import { graceOf } from '../job/wind-down.ts'
import type { HookParts } from './hook-parts.ts'

export interface ShownOrder extends Pick<HookParts, 'env' | 'ports' | 'configuration'> {
  readonly command: StepCommand
  readonly secrets: readonly string[]
}

export type ShownEnd =
  | { readonly kind: 'passed'; readonly status: 0 }
  /** The job was cancelled meanwhile. */
  | { readonly kind: 'cancelled'; readonly status: number }
  | { readonly kind: 'failed'; readonly failure: Failure }

/** Runs the step's command in a group of the log of its own, and keeps the last part of what it prints. */
export async function runShown(header: string, order: ShownOrder): Promise<ShownEnd> {
  const { command, env, ports, configuration, secrets } = order
  const { 'context-lines': maxLines, 'context-bytes': maxBytes } = configuration.own
  await makeExecutable(order)
  const redacting = createRedactor(secrets).stream()
  const decoder = new TextDecoder()
  const lastPart = keepLastPart(maxLines, maxBytes)
  await ports.log.write(`${header}\n$ ${command.text.trimEnd()}\n`)
  let shown = '\n'
  const write = (text: string) => {
    shown = text || shown
    return ports.log.write(text)
  }
  const show = (bytes: Uint8Array) => {
    lastPart.push(bytes)
    return write(decoder.decode(bytes, { stream: true }))
  }
  const end = await runCommand(
    {
      command,
      env: commandEnvironment(env),
      cwd: ports.machine.cwd,
      grace: Math.round(graceOf(env) / 2),
      onOutput: (chunk) => show(redacting.push(chunk)),
    },
    ports,
  )
  await show(redacting.end())
  await write(decoder.decode())
  // A header only counts at the beginning of a line.
  if (!shown.endsWith('\n')) await write('\n')
  if (end.kind === 'cancelled') return { kind: 'cancelled', status: end.signal === 'SIGINT' ? 130 : 143 }
  return judge(end.exit, command, lastPart.read())
}

function judge(exit: ExitStatus, command: StepCommand, part: { text: string; cut: boolean }): ShownEnd {
  const exitStatus = exitStatusOf(exit)
  if (exitStatus === 0) return { kind: 'passed', status: 0 }
  return { kind: 'failed', failure: { command: command.text, exitStatus, output: part.text, cut: part.cut } }
}

/** The agent makes the file that a step runs executable, and so do we, unless it may only run files as they are. */
async function makeExecutable({ command, ports, env }: ShownOrder): Promise<void> {
  const { script } = command
  if (script === undefined || !mayEvaluate(env) || (await ports.files.isExecutable(script))) return
  await ports.processes.run({ file: 'chmod', args: ['+x', script], env }, { timeout: 5_000 })
}
