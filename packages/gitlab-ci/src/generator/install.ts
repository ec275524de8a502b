import * as z from 'zod'
import type { TemplateOptions } from '../template/options.ts'
import { licencesPath, type ProgramFile, programPath, sha256Hex } from '../template/program.ts'
import { renderTemplate } from '../template/template.ts'
import { type CommandLine, readCommandLine } from './command-line.ts'
import { OPTIONS, type OptionName, type OptionSpec } from './options.ts'
import {
  hasMarker,
  isAsWritten,
  type Repository,
  signText,
  type WantedFile,
  withoutSignature,
} from './plan.ts'
import { readOptions } from './read-options.ts'

/** A template that `init` wrote into a repository. */
export interface Installed {
  readonly path: string
  readonly text: string
  /** The options that it was written with; undefined where an older version recorded none. */
  readonly options: readonly string[] | undefined
}

const RECORD = /^# options of oz-agent-gitlab: (\[.*\])\n/m
const recorded = z.array(z.string())

/** Options that say where things are on this machine, or belong to one run only. */
const NOT_RECORDED: ReadonlySet<OptionName> = new Set([
  'program-file',
  'directory',
  'template-path',
  'remote-url',
  'force',
  'forget',
])

/** The templates of a repository, in the order of their paths. */
export async function findTemplates(repository: Repository): Promise<readonly Installed[]> {
  const paths = (await repository.list('')).filter((path) => /\.ya?ml$/.test(path)).toSorted()
  const found: Installed[] = []
  for (const path of paths) {
    const text = Buffer.from((await repository.read(path)) ?? '').toString('utf8')
    const record = RECORD.exec(text)?.[1]
    const isOurs = record !== undefined || path.startsWith('.gitlab/oz-agent/')
    if (isOurs && hasMarker(text)) found.push({ path, text, options: readRecord(record) })
  }
  return found
}

function readRecord(json: string | undefined): readonly string[] | undefined {
  try {
    return json === undefined ? undefined : recorded.parse(JSON.parse(json))
  } catch {
    return undefined
  }
}

/** A command line with the options of an earlier run; those that are given now win. */
export function withRecorded(line: CommandLine, options: readonly string[] = []): CommandLine {
  const earlier = readCommandLine(['init', ...options])
  if (!('command' in earlier)) return line
  const problems = [...earlier.problems, ...line.problems]
  return { ...line, given: new Map([...earlier.given, ...line.given]), problems }
}

/** The template with the record of its options, and the program beside it where the repository holds it. */
export function installFiles(
  path: string,
  line: CommandLine,
  options: TemplateOptions,
  program: ProgramFile | undefined,
): readonly WantedFile[] {
  const record = `# options of oz-agent-gitlab: ${JSON.stringify(recordOf(line))}\n`
  const content = signText(path, renderTemplate(options) + record)
  const files: WantedFile[] = [{ kind: 'text', path, content }]
  if (options.program.kind !== 'vendored' || program === undefined) return files
  files.push({ kind: 'program', path: options.program.path, content: program.bytes })
  const beside = licencesPath(options.program.path)
  if (program.licences !== undefined) {
    files.push({ kind: 'text', path: beside, content: signText(beside, program.licences) })
  }
  return files
}

function recordOf({ given }: CommandLine): readonly string[] {
  return [...given]
    .filter(([name]) => !NOT_RECORDED.has(name))
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([name, values]) => {
      const spec: OptionSpec = OPTIONS[name]
      return spec.value === undefined ? [`--${name}`] : values.map((value) => `--${name}=${value}`)
    })
}

/** The other templates that use the same program: they must name its new checksum. */
export function sharingFiles(
  others: readonly Installed[],
  { program }: TemplateOptions,
): readonly WantedFile[] {
  if (program.kind !== 'vendored') return []
  const name = `OZ_PROGRAM: ${programPath(program)}`
  return others
    .filter(({ text }) => text.includes(`${name}\n`) && isAsWritten(text))
    .map(({ path, text }) => {
      const renewed = withoutSignature(text).replace(
        /(OZ_PROGRAM_SHA256: '?)[0-9a-f]{64}/,
        `$1${program.sha256}`,
      )
      return { kind: 'text', path, content: signText(path, renewed) }
    })
}

/** Every template of a repository, written again with its own options and the program at hand. */
export function upgradeFiles(
  installed: readonly Installed[],
  line: CommandLine,
  program: ProgramFile | undefined,
): { readonly files: readonly WantedFile[]; readonly problems: readonly string[] } {
  const files = new Map<string, WantedFile>()
  const problems: string[] = []
  for (const { path, options } of installed) {
    if (options === undefined) {
      problems.push(
        `${path}: has no record of its options: run init once with --template-path=${path} and its options`,
      )
      continue
    }
    const own = withRecorded({ ...line, command: 'init' }, options)
    const reading = readOptions(own, program && sha256Hex(program.bytes))
    if (!reading.ok) problems.push(...reading.problems.map((problem) => `${path}: ${problem}`))
    else for (const file of installFiles(path, own, reading.options, program)) files.set(file.path, file)
  }
  return { files: [...files.values()], problems }
}

/**
 * What `init` wrote: templates, the programs that they name, and their licences.
 * `changed` are those whose bytes are no longer what was written.
 */
export async function findRemovals(
  repository: Repository,
  installed: readonly Installed[],
): Promise<{ readonly paths: readonly string[]; readonly changed: readonly string[] }> {
  const paths = new Set<string>()
  const changed = new Set<string>()
  for (const { path, text } of installed) {
    ;(isAsWritten(text) ? paths : changed).add(path)
    const program = /OZ_PROGRAM: '?\$CI_PROJECT_DIR\/([^\s']+\.mjs)/.exec(text)?.[1]
    const bytes = program === undefined ? undefined : await repository.read(program)
    if (program === undefined || bytes === undefined) continue
    ;(text.includes(sha256Hex(bytes)) ? paths : changed).add(program)
    const licences = await repository.read(licencesPath(program))
    if (licences !== undefined && isAsWritten(Buffer.from(licences).toString('utf8'))) {
      paths.add(licencesPath(program))
    }
  }
  return { paths: [...paths], changed: [...changed] }
}
