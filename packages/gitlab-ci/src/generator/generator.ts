import { checkRepository } from '../check/check.ts'
import type { TemplateOptions } from '../template/options.ts'
import { sha256Hex } from '../template/program.ts'
import { renderTemplate } from '../template/template.ts'
import { type CommandLine, optionValue, readCommandLine } from './command-line.ts'
import { signText } from './plan.ts'
import {
  FOUND_PROBLEMS,
  type GeneratorPorts,
  OK,
  printPublishedInclude,
  refuse,
  UNAVAILABLE,
  writeFiles,
  wrongFolder,
} from './ports.ts'
import { componentFiles, componentInclude } from './publish.ts'
import { readOptions } from './read-options.ts'
import { init, uninstall, upgrade } from './repository-commands.ts'

/** Runs one command line and returns the exit code. Nothing is written unless every option is right. */
export async function runGenerator(args: readonly string[], ports: GeneratorPorts): Promise<number> {
  try {
    return await run(args, ports)
  } catch (error) {
    // An error of the system names its path. Anything else is a bug and keeps its stack.
    if (!isSystemError(error)) throw error
    ports.err(`${explain(error)}\n`)
    return UNAVAILABLE
  }
}

async function run(args: readonly string[], ports: GeneratorPorts): Promise<number> {
  const line = readCommandLine(args)
  if ('help' in line) {
    ports.out(line.help)
    return OK
  }
  if (!('command' in line)) return refuse(ports, line.problems)
  switch (line.command) {
    case 'init':
      return init(line, ports)
    case 'upgrade':
      return upgrade(line, ports)
    case 'uninstall':
      return uninstall(line, ports)
    case 'check':
      return check(line, ports)
    default:
      break
  }
  const program = await ports.program(line.given.get('program-file')?.[0])
  const reading = readOptions(line, program && sha256Hex(program.bytes))
  if (!reading.ok) return refuse(ports, reading.problems)
  const command = line.command === 'generate' ? generate : component
  return command(line, reading.options, ports)
}

async function check(line: CommandLine, ports: GeneratorPorts): Promise<number> {
  if (line.problems.length > 0) return refuse(ports, line.problems)
  const wrong = await wrongFolder(line, ports)
  if (wrong !== undefined) return refuse(ports, [wrong], 'Nothing was checked')
  const files = line.files.length > 0 ? line.files : ['.gitlab-ci.yml']
  const problems = await checkRepository(ports.repository(optionValue(line, 'directory')), files)
  for (const problem of problems) ports.err(`${problem}\n`)
  if (problems.length > 0) return FOUND_PROBLEMS
  ports.out(`${files.join(', ')}: nothing wrong with its includes and jobs\n`)
  return OK
}

/** Why a file could not be read or written, in one sentence. */
function explain({ code = '', message, path }: NodeJS.ErrnoException): string {
  if (!['EACCES', 'EPERM', 'EROFS'].includes(code) || path === undefined) return message
  return `${path} cannot be written or read by this user (${code}): nothing more was done. Change its permissions, or name another folder with --directory.`
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error
}

async function generate(line: CommandLine, options: TemplateOptions, ports: GeneratorPorts): Promise<number> {
  const path = line.given.get('output')?.[0]
  const content = signText('template.yml', renderTemplate(options))
  if (path === undefined) ports.out(content)
  else {
    const code = await writeFiles([{ kind: 'text', path, content }], '.', line, ports)
    if (code !== OK) return code
  }
  printPublishedInclude(line, content, options, ports.err)
  return OK
}

async function component(
  line: CommandLine,
  options: TemplateOptions,
  ports: GeneratorPorts,
): Promise<number> {
  const name = optionValue(line, 'component-name')
  const code = await writeFiles(componentFiles(name, options), optionValue(line, 'directory'), line, ports)
  if (code === OK)
    ports.out(`\nOnce a release is published, include it so:\n\n${componentInclude(name, '1.0.0')}`)
  return code
}
