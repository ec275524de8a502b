import {
  createDoctorContext,
  didYouMean,
  type Environment,
  type Ports,
  renderDoctor,
  runDoctor,
  runStep,
  settle,
} from '@oz-agent/core'
import manifest from '../package.json' with { type: 'json' }
import { commandAdapter } from './ci.ts'
import { commandHelp, generalHelp } from './help.ts'
import { type Arguments, COMMANDS, type CommandName, readArguments } from './options.ts'

/** The version of this project. */
export const VERSION = manifest.version

/** Prints the findings, as a table or as JSON, and resolves to the exit code of the worst. */
export async function doctor(args: Arguments, env: Environment, ports: Ports): Promise<number> {
  const report = await runDoctor(await createDoctorContext(commandAdapter(args, env, ports), ports))
  const asJson = args.own.json !== undefined
  await ports.log.write(asJson ? `${JSON.stringify(report, null, 2)}\n` : renderDoctor(report))
  return report.exit_code
}

/** Runs one step and resolves to its exit code. */
export function run(args: Arguments, env: Environment, ports: Ports): Promise<number> {
  return settle(runStep(commandAdapter(args, env, ports), ports), ports.log)
}

type Runner = (args: Arguments, env: Environment, ports: Ports) => Promise<number>

const RUNNERS: Record<CommandName, Runner> = { run, doctor }
const WRONG_USE = 64

/** The whole command: from arguments to the exit code of the contract. */
export async function main(args: readonly string[], env: Environment, ports: Ports): Promise<number> {
  const [name = '--help', ...rest] = args
  if (name === '--version' || name === '-V') return say(`${VERSION}\n`, 0, ports)
  if (name === '--help' || name === '-h' || name === 'help') return say(generalHelp(), 0, ports)
  const command = COMMANDS.find((known) => known.name === name)?.name
  if (command === undefined) {
    const names = COMMANDS.map((known) => known.name)
    const wrong = `error: there is no command "${name}".${didYouMean(name, names)}`
    return say(`${wrong} Known are ${names.join(', ')}.\n\n${generalHelp()}`, WRONG_USE, ports)
  }
  if (rest.includes('--help') || rest.includes('-h')) return say(commandHelp(command), 0, ports)
  return RUNNERS[command](readArguments(rest, command), env, ports)
}

async function say(text: string, exitCode: number, { log }: Ports): Promise<number> {
  await log.write(text)
  return exitCode
}
