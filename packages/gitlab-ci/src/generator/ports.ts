import type { TemplateOptions } from '../template/options.ts'
import type { ProgramFile } from '../template/program.ts'
import { type CommandLine, optionValue } from './command-line.ts'
import { planWrites, type Repository, type WantedFile } from './plan.ts'
import { publishedInclude } from './publish.ts'

/** What the generator needs from outside. */
export interface GeneratorPorts {
  repository(folder: string): Repository
  /** The job program: the named file, else the one beside the generator; undefined when there is none. */
  program(file: string | undefined): Promise<ProgramFile | undefined>
  out(text: string): void
  err(text: string): void
}

/** Exit codes of the contract: https://man.openbsd.org/sysexits */
export const OK = 0
export const FOUND_PROBLEMS = 1
export const WRONG_OPTIONS = 64
export const UNAVAILABLE = 69

/** A folder that does not exist, or is not the root of its repository, is a mistake: nothing is created there. */
export async function wrongFolder(
  line: CommandLine,
  { repository }: GeneratorPorts,
): Promise<string | undefined> {
  const folder = optionValue(line, 'directory')
  if (!(await repository(folder).exists())) return `--directory: there is no folder "${folder}"`
  const outer = ['init', 'upgrade', 'uninstall'].includes(line.command)
    ? await repository(folder).outerRoot()
    : undefined
  if (outer === undefined) return undefined
  return `--directory: "${folder}" is a part of the repository ${outer}, and GitLab reads the paths of includes from its root: use --directory=${outer}`
}

/** Prints what is wrong, and gives the exit code for it. */
export function refuse(
  { err }: GeneratorPorts,
  problems: readonly string[],
  what = 'Nothing was written',
): number {
  err(`${what}:\n${problems.map((problem) => `  - ${problem}\n`).join('')}`)
  return WRONG_OPTIONS
}

/** Writes files unless one of them must not be overwritten, prints what changed, and gives the exit code. */
export async function writeFiles(
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

/** Prints the lines that include a published template, where its URL was given. */
export function printPublishedInclude(
  line: CommandLine,
  content: string,
  options: TemplateOptions,
  print: (text: string) => void,
) {
  const url = line.given.get('remote-url')?.[0]
  if (url !== undefined)
    print(`\nOnce it is published there, include it so:\n\n${publishedInclude(url, content, options)}`)
}
