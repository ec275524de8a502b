import { checkRepository } from '../check/check-repository.ts'
import { type CommandLine, helpText, readCommandLine } from './command-line.ts'
import { componentFiles } from './component.ts'
import { componentInclude, localInclude, remoteInclude } from './include-lines.ts'
import { OPTIONS, type OptionName, type OptionSpec } from './option-specs.ts'
import { signText } from './ownership.ts'
import { planWrites, type WantedFile, type WritePlan } from './plan-writes.ts'
import { licencesPath, type ProgramFile, sha256Hex } from './program.ts'
import { readOrder } from './read-order.ts'
import type { Repository } from './repository.ts'
import { renderTemplate } from './template.ts'
import type { TemplateOrder } from './template-order.ts'

/** What the generator needs of the outside. */
export interface GeneratorPorts {
  repository(folder: string): Repository
  /** The program that jobs run: the named file, else the one beside the generator; undefined when there is none. */
  program(file: string | undefined): Promise<ProgramFile | undefined>
  out(text: string): void
  err(text: string): void
}

/** Exit codes of the contract: https://man.openbsd.org/sysexits */
const OK = 0
const FOUND_PROBLEMS = 1
const WRONG_OPTIONS = 64
const UNAVAILABLE = 69

/** Runs one command line and says how the process is to end. Nothing is written unless every option is right. */
export async function runGenerator(args: readonly string[], ports: GeneratorPorts): Promise<number> {
  try {
    return await run(args, ports)
  } catch (error) {
    // What the system refuses names its path; anything else is a bug and keeps its stack.
    if (!isSystemError(error)) throw error
    ports.err(`${error.message}\n`)
    return UNAVAILABLE
  }
}

async function run(args: readonly string[], ports: GeneratorPorts): Promise<number> {
  if (args.some((arg) => arg === '--help' || arg === '-h')) {
    ports.out(helpText())
    return OK
  }
  const line = readCommandLine(args)
  if (!('command' in line)) return refuse(ports, line.problems)
  if (line.command === 'check') {
    if (line.problems.length > 0) return refuse(ports, line.problems)
    const missing = await missingFolder(line, ports)
    if (missing !== undefined) return refuse(ports, [missing], 'Nothing was checked')
    const files = line.rest.length > 0 ? line.rest : ['.gitlab-ci.yml']
    const problems = await checkRepository(ports.repository(one(line, 'directory')), files)
    for (const problem of problems) ports.err(`${problem}\n`)
    if (problems.length === 0)
      ports.out(`${files.join(', ')}: nothing wrong with what is handed to includes\n`)
    return problems.length === 0 ? OK : FOUND_PROBLEMS
  }
  const program = await ports.program(line.given.get('program-file')?.[0])
  const reading = readOrder(line, program && sha256Hex(program.bytes))
  const missing = line.command === 'init' ? await missingFolder(line, ports) : undefined
  const problems = [...(reading.ok ? [] : reading.problems), ...(missing === undefined ? [] : [missing])]
  if (!reading.ok || problems.length > 0) return refuse(ports, problems)
  switch (line.command) {
    case 'generate':
      return generate(line, reading.order, ports)
    case 'init':
      return init(line, reading.order, program, ports)
    case 'component':
      return component(line, reading.order, ports)
  }
}

/** A repository that is not there is a typing error, not one to make. */
async function missingFolder(line: CommandLine, { repository }: GeneratorPorts): Promise<string | undefined> {
  const folder = one(line, 'directory')
  return (await repository(folder).exists()) ? undefined : `--directory: there is no folder "${folder}"`
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error
}

function refuse({ err }: GeneratorPorts, problems: readonly string[], what = 'Nothing was written'): number {
  err(`${what}:\n${problems.map((problem) => `  - ${problem}\n`).join('')}`)
  return WRONG_OPTIONS
}

async function generate(line: CommandLine, order: TemplateOrder, ports: GeneratorPorts): Promise<number> {
  const path = line.given.get('output')?.[0]
  const content = signText('template.yml', renderTemplate(order))
  if (path === undefined) ports.out(content)
  else {
    const code = await write([{ kind: 'text', path, content }], '.', line, ports)
    if (code !== OK) return code
  }
  printRemote(line, content, order, ports.err)
  return OK
}

async function init(
  line: CommandLine,
  order: TemplateOrder,
  program: ProgramFile | undefined,
  ports: GeneratorPorts,
): Promise<number> {
  const path = one(line, 'template-path')
  const content = signText(path, renderTemplate(order))
  const files: WantedFile[] = [{ kind: 'text', path, content }]
  if (order.program.kind === 'vendored' && program !== undefined) {
    files.push({ kind: 'program', path: order.program.path, content: program.bytes })
    const beside = licencesPath(order.program.path)
    if (program.licences !== undefined) {
      files.push({ kind: 'text', path: beside, content: signText(beside, program.licences) })
    }
  }
  const code = await write(files, one(line, 'directory'), line, ports)
  if (code !== OK) return code
  if (line.given.has('remote-url')) printRemote(line, content, order, ports.out)
  else ports.out(`\nAdd to .gitlab-ci.yml:\n\n${localInclude(path)}`)
  ports.out('\nStore the Warp API key as the CI/CD variable WARP_API_KEY, masked and protected.\n')
  return OK
}

async function component(line: CommandLine, order: TemplateOrder, ports: GeneratorPorts): Promise<number> {
  const name = one(line, 'component-name')
  const code = await write(componentFiles(name, order), one(line, 'directory'), line, ports)
  if (code === OK)
    ports.out(`\nOnce a release is published, include it so:\n\n${componentInclude(name, '1.0.0')}`)
  return code
}

async function write(
  files: readonly WantedFile[],
  folder: string,
  line: CommandLine,
  ports: GeneratorPorts,
): Promise<number> {
  const repository = ports.repository(folder)
  const present = new Map<string, Uint8Array>()
  for (const { path } of files) {
    const bytes = await repository.read(path)
    if (bytes !== undefined) present.set(path, bytes)
  }
  const plan: WritePlan = planWrites(files, present, line.given.has('force'))
  if (plan.refusals.length > 0) return refuse(ports, plan.refusals)
  for (const { file, change, detail } of plan.writes) {
    if (change !== 'unchanged') await repository.write(file.path, file.content)
    const told = change === 'created' ? ` (${detail})` : detail && `\n${detail}`
    ports.out(`${change} ${file.path}${told}\n`)
  }
  return OK
}

function printRemote(
  line: CommandLine,
  content: string,
  order: TemplateOrder,
  print: (text: string) => void,
) {
  const url = line.given.get('remote-url')?.[0]
  if (url !== undefined)
    print(`\nOnce it is published there, include it so:\n\n${remoteInclude(url, content, order)}`)
}

function one(line: CommandLine, name: OptionName): string {
  const spec: OptionSpec = OPTIONS[name]
  return line.given.get(name)?.[0] ?? spec.default ?? ''
}
