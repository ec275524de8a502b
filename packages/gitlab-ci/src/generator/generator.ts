import { checkRepository } from '../check/check.ts'
import { loadPipeline } from '../check/includes.ts'
import { splitsMergeRequests } from '../check/pipeline.ts'
import type { TemplateOptions } from '../template/options.ts'
import { licencesPath, type ProgramFile, sha256Hex } from '../template/program.ts'
import { renderTemplate } from '../template/template.ts'
import { type CommandLine, optionValue, readCommandLine } from './command-line.ts'
import { planWrites, type Repository, signText, type WantedFile } from './plan.ts'
import {
  componentFiles,
  componentInclude,
  localInclude,
  mergeRequestAdvice,
  publishedInclude,
} from './publish.ts'
import { readOptions } from './read-options.ts'

/** What the generator needs from outside. */
export interface GeneratorPorts {
  repository(folder: string): Repository
  /** The job program: the named file, else the one beside the generator; undefined when there is none. */
  program(file: string | undefined): Promise<ProgramFile | undefined>
  out(text: string): void
  err(text: string): void
}

/** Exit codes of the contract: https://man.openbsd.org/sysexits */
const OK = 0
const FOUND_PROBLEMS = 1
const WRONG_OPTIONS = 64
const UNAVAILABLE = 69

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
  if (line.command === 'check') return check(line, ports)
  const program = await ports.program(line.given.get('program-file')?.[0])
  const reading = readOptions(line, program && sha256Hex(program.bytes))
  const wrong = line.command === 'init' ? await wrongFolder(line, ports) : undefined
  const problems = [...(reading.ok ? [] : reading.problems), ...(wrong === undefined ? [] : [wrong])]
  if (!reading.ok || problems.length > 0) return refuse(ports, problems)
  switch (line.command) {
    case 'generate':
      return generate(line, reading.options, ports)
    case 'init':
      return init(line, reading.options, program, ports)
    case 'component':
      return component(line, reading.options, ports)
  }
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

/** A folder that does not exist, or is not the root of its repository, is a mistake: nothing is created there. */
async function wrongFolder(line: CommandLine, { repository }: GeneratorPorts): Promise<string | undefined> {
  const folder = optionValue(line, 'directory')
  if (!(await repository(folder).exists())) return `--directory: there is no folder "${folder}"`
  const outer = line.command === 'init' ? await repository(folder).outerRoot() : undefined
  if (outer === undefined) return undefined
  return `--directory: "${folder}" is a part of the repository ${outer}, and GitLab reads the paths of includes from its root: use --directory=${outer}`
}

/** Why a file could not be read or written, in one sentence. */
function explain({ code = '', message, path }: NodeJS.ErrnoException): string {
  if (!['EACCES', 'EPERM', 'EROFS'].includes(code) || path === undefined) return message
  return `${path} cannot be written or read by this user (${code}): nothing more was done. Change its permissions, or name another folder with --directory.`
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error
}

function refuse({ err }: GeneratorPorts, problems: readonly string[], what = 'Nothing was written'): number {
  err(`${what}:\n${problems.map((problem) => `  - ${problem}\n`).join('')}`)
  return WRONG_OPTIONS
}

async function generate(line: CommandLine, options: TemplateOptions, ports: GeneratorPorts): Promise<number> {
  const path = line.given.get('output')?.[0]
  const content = signText('template.yml', renderTemplate(options))
  if (path === undefined) ports.out(content)
  else {
    const code = await write([{ kind: 'text', path, content }], '.', line, ports)
    if (code !== OK) return code
  }
  printRemote(line, content, options, ports.err)
  return OK
}

async function init(
  line: CommandLine,
  options: TemplateOptions,
  program: ProgramFile | undefined,
  ports: GeneratorPorts,
): Promise<number> {
  const path = optionValue(line, 'template-path')
  const content = signText(path, renderTemplate(options))
  const files: WantedFile[] = [{ kind: 'text', path, content }]
  if (options.program.kind === 'vendored' && program !== undefined) {
    files.push({ kind: 'program', path: options.program.path, content: program.bytes })
    const beside = licencesPath(options.program.path)
    if (program.licences !== undefined) {
      files.push({ kind: 'text', path: beside, content: signText(beside, program.licences) })
    }
  }
  const code = await write(files, optionValue(line, 'directory'), line, ports)
  if (code !== OK) return code
  if (line.given.has('remote-url')) printRemote(line, content, options, ports.out)
  else ports.out(`\nAdd to .gitlab-ci.yml:\n\n${localInclude(path)}`)
  if (await needsWorkflow(line, options, ports)) ports.out(`\n${mergeRequestAdvice(options.jobName)}`)
  ports.out('\nStore the Warp API key as the CI/CD variable WARP_API_KEY, masked and protected.\n')
  return OK
}

/** Whether the repository's own pipeline must change before our job answers merge requests. */
async function needsWorkflow(
  line: CommandLine,
  { triggers }: TemplateOptions,
  { repository }: GeneratorPorts,
): Promise<boolean> {
  const files = repository(optionValue(line, 'directory'))
  const content = await files.read('.gitlab-ci.yml')
  if (content === undefined || !triggers.includes('merge-request')) return false
  return splitsMergeRequests(
    await loadPipeline(files, '.gitlab-ci.yml', Buffer.from(content).toString('utf8')),
  )
}

async function component(
  line: CommandLine,
  options: TemplateOptions,
  ports: GeneratorPorts,
): Promise<number> {
  const name = optionValue(line, 'component-name')
  const code = await write(componentFiles(name, options), optionValue(line, 'directory'), line, ports)
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
  const plan = planWrites(files, present, line.given.has('force'))
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
  options: TemplateOptions,
  print: (text: string) => void,
) {
  const url = line.given.get('remote-url')?.[0]
  if (url !== undefined)
    print(`\nOnce it is published there, include it so:\n\n${publishedInclude(url, content, options)}`)
}
