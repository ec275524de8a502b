import { didYouMean, type Environment, type Ports } from '@oz-agent/core'
import { doctor } from './commands/doctor.ts'
import { run } from './commands/run.ts'
import { commandHelp, generalHelp } from './help.ts'
import { COMMANDS, type CommandName } from './options.ts'
import { type Arguments, readArguments } from './read-arguments.ts'
import { VERSION } from './version.ts'

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
