import { join, resolve } from 'node:path'
import {
  createDoctorContext,
  didYouMean,
  type Environment,
  formatDuration,
  type Ports,
  renderDoctor,
  runDoctor,
  runStep,
  type StepEnd,
  settle,
  type TextSink,
} from '@oz-agent/core'
import manifest from '../package.json' with { type: 'json' }
import { commandAdapter } from './ci.ts'
import { commandHelp, generalHelp, readArguments } from './command-line.ts'
import { detectCi } from './detect-ci.ts'
import { type Options, readOptions } from './environment.ts'
import { KEPT_RESULTS, takeFolders } from './folders.ts'
import { harmless } from './log-format.ts'
import { COMMANDS, type CommandName } from './options.ts'
import { dropPromptStream, type OpenStream, takePromptStream } from './prompt-stream.ts'

/** The version of this project. */
export const VERSION = manifest.version

/** What the command touches of the world outside. */
export interface CommandPorts extends Ports {
  /** What is said beside the log and the results. */
  readonly errors: TextSink
  readonly openStream: OpenStream
}

/** Prints the findings, as a table or as JSON, and resolves to the exit code of the worst. */
export async function doctor(options: Options, env: Environment, ports: CommandPorts): Promise<number> {
  const { own } = options
  const inputs = await dropPromptStream(options.inputs, ports)
  // doctor changes nothing, so that it makes no folder.
  const none = join(ports.machine.temp, crypto.randomUUID())
  const toolFolder = own['tool-folder'] && resolve(ports.machine.cwd, own['tool-folder'])
  const folders = {
    stepFolder: none,
    resultFolder: none,
    outputsFile: undefined,
    toolFolder,
    failure: undefined,
  }
  const adapter = commandAdapter({ ...options, inputs }, folders, env, ports)
  const report = await runDoctor(await createDoctorContext(adapter, ports))
  const text = own.json === true ? `${JSON.stringify(report, null, 2)}\n` : harmless(renderDoctor(report))
  await ports.log.write(text)
  return report.exit_code
}

/** Runs one step and resolves to its exit code. */
export function run(options: Options, env: Environment, ports: CommandPorts): Promise<number> {
  return settle(runOnce(options, env, ports), ports.errors)
}

async function runOnce(options: Options, env: Environment, ports: CommandPorts): Promise<StepEnd> {
  const stopTelling = tellOfInterrupt(env, ports)
  const folders = await takeFolders(options, ports)
  try {
    const prompt = await takePromptStream(options.inputs, ports.openStream, ports)
    const problems = [...options.problems, ...folders.problems, ...prompt.problems]
    const end = await runStep(commandAdapter({ inputs: prompt.inputs, problems }, folders, env, ports), ports)
    if (options.own['result-folder'] === undefined) {
      await ports.errors.write(
        `These results are in a temporary folder, where the newest ${KEPT_RESULTS} are kept; --result-folder keeps them elsewhere.\n`,
      )
    }
    return end
  } finally {
    stopTelling()
    await folders.leave()
  }
}

/** Says to a person who pressed Ctrl-C that it was heard: until the agent has stopped, nothing else would be seen. */
function tellOfInterrupt(env: Environment, { stop, errors }: CommandPorts): () => void {
  const { interrupter, cancelTime } = detectCi(env)
  let isTold = interrupter !== 'you'
  return stop.listen((signal) => {
    if (isTold || signal !== 'SIGINT') return
    isTold = true
    const grace = formatDuration(cancelTime / 2)
    void errors.write(`You ended it: the agent has ${grace} to stop. Press Ctrl-C again to force it.\n`)
  })
}

type Runner = (options: Options, env: Environment, ports: CommandPorts) => Promise<number>

const RUNNERS: Record<CommandName, Runner> = { run, doctor }
const WRONG_USE = 64

/** The whole command: from arguments to the exit code of the contract. */
export async function main(args: readonly string[], env: Environment, ports: CommandPorts): Promise<number> {
  const [name = '--help', ...rest] = args
  if (name === '--version' || name === '-V') return say(`${VERSION}\n`, 0, ports.log)
  if (name === '--help' || name === '-h' || name === 'help') return say(generalHelp(), 0, ports.log)
  const command = COMMANDS.find((known) => known.name === name)?.name
  if (command === undefined) {
    const names = COMMANDS.map((known) => known.name)
    const wrong = `error: there is no command "${name}".${didYouMean(name, names)}`
    return say(`${wrong} Known are ${names.join(', ')}.\n\n${generalHelp()}`, WRONG_USE, ports.errors)
  }
  if (rest.includes('--help') || rest.includes('-h')) return say(commandHelp(command), 0, ports.log)
  return RUNNERS[command](readOptions(readArguments(rest, command), env, command), env, ports)
}

async function say(text: string, exitCode: number, sink: TextSink): Promise<number> {
  await sink.write(text)
  return exitCode
}
