import { constants } from 'node:os'
import {
  createRedactor,
  type Environment,
  type ExitStatus,
  type Milliseconds,
  type Ports,
  type StopSignal,
} from '@oz-agent/core'
import type { HookParts } from '../adapter.ts'
import { commandGrace } from '../grace-period.ts'
import type { Failure } from './failure-prompt.ts'
import { mayEvaluate, type StepCommand } from './step-command.ts'
import { createTailBuffer } from './tail-buffer.ts'

export interface ShownCommand extends Pick<HookParts, 'env' | 'ports' | 'configuration'> {
  readonly command: StepCommand
  /** Masked in what is shown and kept. */
  readonly secrets: readonly string[]
}

export type ShownResult =
  | { readonly kind: 'passed'; readonly status: 0 }
  /** The job was cancelled while the command ran. */
  | { readonly kind: 'cancelled'; readonly status: number }
  | { readonly kind: 'failed'; readonly failure: Failure }

/** Runs the step's command in a group of its own in the log, and keeps the end of what it prints. */
export async function runShown(header: string, shownCommand: ShownCommand): Promise<ShownResult> {
  const { command, env, ports, configuration, secrets } = shownCommand
  const { 'context-lines': maxLines, 'context-bytes': maxBytes } = configuration.own
  await makeExecutable(shownCommand)
  const redactor = createRedactor(secrets)
  const redacting = redactor.stream()
  const text = redactor.text(command.text)
  const decoder = new TextDecoder()
  const tail = createTailBuffer(maxLines, maxBytes)
  await ports.log.write(`${header}\n$ ${text.trimEnd()}\n`)
  let shown = '\n'
  const write = (output: string) => {
    shown = output || shown
    return ports.log.write(output)
  }
  const show = (bytes: Uint8Array) => {
    tail.push(bytes)
    return write(decoder.decode(bytes, { stream: true }))
  }
  const end = await runCommand(
    {
      command,
      env: commandEnvironment(env),
      cwd: ports.machine.cwd,
      grace: commandGrace(env),
      onOutput: (chunk) => show(redacting.push(chunk)),
    },
    ports,
  )
  await show(redacting.end())
  await write(decoder.decode())
  // The next group header only counts at the start of a line.
  if (!shown.endsWith('\n')) await write('\n')
  if (end.kind === 'cancelled') return { kind: 'cancelled', status: end.signal === 'SIGINT' ? 130 : 143 }
  const exitStatus = exitStatusOf(end.exit)
  if (exitStatus === 0) return { kind: 'passed', status: 0 }
  const { text: output, cut } = tail.read()
  return { kind: 'failed', failure: { command: text, exitStatus, output, cut } }
}

/** Makes the file that a step runs executable, as the Buildkite agent does unless it only runs files as they are. */
async function makeExecutable({ command, ports, env }: ShownCommand): Promise<void> {
  const { script } = command
  if (script === undefined || !mayEvaluate(env) || (await ports.files.isExecutable(script))) return
  await ports.processes.run({ file: 'chmod', args: ['+x', script], env }, { timeout: 5_000 })
}

export type CommandEnd =
  | { readonly kind: 'ended'; readonly exit: ExitStatus }
  | { readonly kind: 'cancelled'; readonly signal: StopSignal }

export interface CommandOptions {
  readonly command: StepCommand
  readonly env: Environment
  readonly cwd: string
  /** From the signal that cancels the job until the command is killed. */
  readonly grace: Milliseconds
  onOutput(chunk: Uint8Array): Promise<void> | void
}

/** How long to wait for more output after the command's end, when a process that it left still holds the pipe. */
const DRAIN_LIMIT: Milliseconds = 2_000

/**
 * Runs the step's command to its end. When the job is cancelled, the command's process group gets the same signal,
 * and what is left of the group after the grace is killed.
 */
export async function runCommand(
  { command, env, cwd, grace, onOutput }: CommandOptions,
  { processes, clock, stop }: Pick<Ports, 'processes' | 'clock' | 'stop'>,
): Promise<CommandEnd> {
  const running = await processes.start({ file: command.file, args: command.args, env, cwd })
  let signalled: StopSignal | undefined
  let forgetKill = () => {}
  const forgetSignals = stop.listen((signal) => {
    if (signalled !== undefined) return
    signalled = signal
    processes.signal(-running.pid, signal)
    forgetKill = clock.after(grace, () => processes.signal(-running.pid, 'SIGKILL'))
  })
  const output = drain(running.stdout, onOutput)
  const exit = await running.exited
  const ended = new AbortController()
  await Promise.race([output, clock.sleep(DRAIN_LIMIT, ended.signal)])
  ended.abort()
  running.release()
  await output
  forgetSignals()
  forgetKill()
  // Kills what ignored the signal and outlived its group's leader.
  if (signalled !== undefined) processes.signal(-running.pid, 'SIGKILL')
  return signalled === undefined ? { kind: 'ended', exit } : { kind: 'cancelled', signal: signalled }
}

async function drain(chunks: AsyncIterable<Uint8Array>, onOutput: CommandOptions['onOutput']): Promise<void> {
  for await (const chunk of chunks) await onOutput(chunk)
}

/** The environment that the step's command would have without this plugin. */
export function commandEnvironment(env: Environment): Environment {
  const plugin = env.BUILDKITE_PLUGIN_NAME
  const isOurs = (name: string) =>
    name === 'BUILDKITE_PLUGIN_CONFIGURATION' ||
    name === 'BUILDKITE_PLUGIN_NAME' ||
    (plugin !== undefined && name.startsWith(`BUILDKITE_PLUGIN_${plugin}_`))
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isOurs(name)))
}

/** The end of a process as a shell reports it: 128 + the signal's number when a signal ended it. */
export function exitStatusOf(exit: ExitStatus): number {
  return exit.kind === 'code' ? exit.code : 128 + (constants.signals[exit.signal] ?? 0)
}

/** From 3.121.1 on, the Buildkite agent takes this status for a failure of its own, before the command. */
export const SETUP_FAILURE = 125
const TAKEN_SINCE = [3, 121, 1] as const
const OTHERWISE = 1

/**
 * The exit status of the hook for a command's: the same, but 1 for 125 where the agent would report that as -1.
 * https://github.com/buildkite/agent/blob/v3.121.1/internal/job/executor.go
 * @param version what `buildkite-agent --version` prints; undefined when it is not known.
 */
export function hookStatus(status: number, version: string | undefined): number {
  if (status !== SETUP_FAILURE) return status
  const numbers = /(\d+)\.(\d+)\.(\d+)/
    .exec(version ?? '')
    ?.slice(1)
    .map(Number)
  return numbers !== undefined && isBefore(numbers, TAKEN_SINCE) ? status : OTHERWISE
}

function isBefore(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((number, index) => number !== other[index])
  return at >= 0 && (one[at] ?? 0) < (other[at] ?? 0)
}
