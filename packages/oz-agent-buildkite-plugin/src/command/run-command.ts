import type { Environment, ExitStatus, Milliseconds, Ports, StopSignal } from '@oz-agent/core'
import type { StepCommand } from './step-command.ts'

export type CommandEnd =
  | { readonly kind: 'ended'; readonly exit: ExitStatus }
  | { readonly kind: 'cancelled'; readonly signal: StopSignal }

export interface CommandOrder {
  readonly command: StepCommand
  readonly env: Environment
  readonly cwd: string
  /** From the signal that cancels the job until the command is killed. */
  readonly grace: Milliseconds
  onOutput(chunk: Uint8Array): Promise<void> | void
}

/** How long output is awaited after the command's end, while something that it left behind holds the pipe. */
const DRAIN_LIMIT: Milliseconds = 2_000

/** Runs the step's command to its end; when the job is cancelled, hands the signal on and kills what outlives it. */
export async function runCommand(
  { command, env, cwd, grace, onOutput }: CommandOrder,
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
  // Whatever ignored the signal in the group goes with its leader.
  if (signalled !== undefined) processes.signal(-running.pid, 'SIGKILL')
  return signalled === undefined ? { kind: 'ended', exit } : { kind: 'cancelled', signal: signalled }
}

async function drain(chunks: AsyncIterable<Uint8Array>, onOutput: CommandOrder['onOutput']): Promise<void> {
  for await (const chunk of chunks) await onOutput(chunk)
}

/** The step's command sees what it would see without this plugin. */
export function commandEnvironment(env: Environment): Environment {
  const plugin = env.BUILDKITE_PLUGIN_NAME
  const isOurs = (name: string) =>
    name === 'BUILDKITE_PLUGIN_CONFIGURATION' ||
    name === 'BUILDKITE_PLUGIN_NAME' ||
    (plugin !== undefined && name.startsWith(`BUILDKITE_PLUGIN_${plugin}_`))
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isOurs(name)))
}
