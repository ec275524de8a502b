import { messageOf } from '@oz-agent/core'
import { parseAllDocuments } from 'yaml'
import * as z from 'zod'
import type { Repository } from '../generator/plan.ts'
import { checkInputs, interpolate, specHeader } from './inputs.ts'

/** One entry of `include` or `trigger:include`. https://docs.gitlab.com/ci/yaml/#include */
const include = z.union([
  z.string().transform((local) => ({ local, inputs: undefined, rules: undefined })),
  z.looseObject({
    local: z.string().optional(),
    inputs: z.record(z.string(), z.unknown()).nullish(),
    rules: z.unknown().optional(),
  }),
])
export const includeList = z.union([z.array(include), include.transform((one) => [one])])
type Include = z.infer<typeof include>

const withIncludes = z.looseObject({ include: includeList.optional() })

/** What one file adds to a pipeline. */
export interface PipelinePart {
  /** Its path in the repository. */
  readonly file: string
  readonly body: Readonly<Record<string, unknown>>
  /** How it was included; undefined for the file that is checked itself. */
  readonly by: 'include' | 'include with rules' | undefined
}

/** A pipeline with all files that it includes; later parts win over earlier ones. */
export interface LoadedPipeline {
  readonly parts: readonly PipelinePart[]
  readonly problems: readonly string[]
  /** False when it also includes something that is not in this repository. */
  readonly isComplete: boolean
}

/** GitLab takes no more files in one pipeline: https://docs.gitlab.com/administration/cicd/limits/ */
const MOST_FILES = 150

/** Reads a file of the repository and everything that it includes from there, as GitLab does. */
export async function loadPipeline(
  repository: Repository,
  file: string,
  content: string,
): Promise<LoadedPipeline> {
  const reading = readConfiguration(content)
  if (!reading.ok) return { parts: [], problems: [`${file}: ${reading.problem}`], isComplete: false }
  return new Loader(repository).loadBody(file, reading.body, undefined)
}

/** Reads the files that a job's `trigger:include` names: they are a pipeline of their own. */
export function loadIncludes(
  repository: Repository,
  file: string,
  includes: readonly Include[],
): Promise<LoadedPipeline> {
  return new Loader(repository).loadIncludes(file, includes)
}

class Loader {
  readonly #repository: Repository
  #files = 0

  constructor(repository: Repository) {
    this.#repository = repository
  }

  async loadBody(file: string, body: unknown, by: PipelinePart['by']): Promise<LoadedPipeline> {
    const parsed = withIncludes.safeParse(body ?? {})
    if (!parsed.success) {
      return { parts: [], problems: [`${file}: ${z.prettifyError(parsed.error)}`], isComplete: false }
    }
    const included = await this.loadIncludes(file, parsed.data.include ?? [])
    return { ...included, parts: [...included.parts, { file, body: parsed.data, by }] }
  }

  async loadIncludes(file: string, includes: readonly Include[]): Promise<LoadedPipeline> {
    const loaded: LoadedPipeline[] = []
    for (const { local, inputs, rules } of includes) {
      const by = rules === undefined ? 'include' : 'include with rules'
      if (local === undefined || local.includes('$') || /^https?:/.test(local)) {
        loaded.push({ parts: [], problems: [], isComplete: false })
        continue
      }
      for (const path of await this.#pathsOf(local))
        loaded.push(await this.#load(file, path, inputs ?? {}, by))
    }
    return {
      parts: loaded.flatMap(({ parts }) => parts),
      problems: loaded.flatMap(({ problems }) => problems),
      isComplete: loaded.every(({ isComplete }) => isComplete),
    }
  }

  async #load(
    file: string,
    path: string,
    inputs: Readonly<Record<string, unknown>>,
    by: PipelinePart['by'],
  ): Promise<LoadedPipeline> {
    const failed = (problem: string) => ({ parts: [], problems: [`${file}: ${problem}`], isComplete: false })
    if (++this.#files > MOST_FILES) {
      return failed(`Maximum of ${MOST_FILES} nested includes are allowed!`)
    }
    const bytes = await this.#repository.read(path)
    if (bytes === undefined) return failed(`Local file \`/${path}\` does not exist!`)
    const { body, problems } = readInclude(Buffer.from(bytes).toString('utf8'), inputs)
    if (body === undefined) return failed(problems.map((one) => `\`/${path}\`: ${one}`).join(`\n${file}: `))
    return this.loadBody(path, body, by)
  }

  /** The files that an include means, as GitLab matches them: `*` within a folder, `**` in all below it. */
  async #pathsOf(local: string): Promise<readonly string[]> {
    const path = local.replace(/^\//, '')
    if (!path.includes('*')) return [path]
    const parts = path.split(/(\*\*|\*)/).map((part) => {
      if (part === '**') return '.*'
      return part === '*' ? '[^/]*' : part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
    })
    const form = new RegExp(`^${parts.join('')}$`)
    const folder = path.slice(0, path.slice(0, path.indexOf('*')).lastIndexOf('/') + 1)
    return (await this.#repository.list(folder)).filter((one) => form.test(one)).toSorted()
  }
}

interface ReadInclude {
  /** The configuration with its inputs; undefined when there are problems. */
  readonly body: unknown
  readonly problems: readonly string[]
}

/** What GitLab makes of a file that is included with these inputs, or the errors that it reports. */
export function readInclude(template: string, given: Readonly<Record<string, unknown>>): ReadInclude {
  const failed = (...problems: readonly string[]) => ({ body: undefined, problems })
  const reading = readConfiguration(template)
  if (!reading.ok) return failed(reading.problem)
  if (reading.header === undefined) {
    if (Object.keys(given).length === 0) return { body: reading.body ?? {}, problems: [] }
    return failed('Given inputs not defined in the `spec` section of the included configuration file')
  }
  const header = specHeader.safeParse(reading.header)
  if (!header.success) return failed(`header:${z.prettifyError(header.error)}`)
  const inputs = checkInputs(header.data.spec.inputs ?? {}, given)
  if (inputs.errors.length > 0) return failed(...inputs.errors)
  const { result, errors } = interpolate(reading.body, inputs.values)
  return errors.length > 0 ? failed(...errors) : { body: result ?? {}, problems: [] }
}

/** The documents of a GitLab configuration: one, or a header and a body. */
type YamlReading =
  | { readonly ok: true; readonly header: unknown; readonly body: unknown }
  | { readonly ok: false; readonly problem: string }

/** A tag that only GitLab has; its value is a list of keys. */
const reference = { tag: '!reference', collection: 'seq' as const }

/** Reads a configuration; a file with a `spec` header has two documents. */
export function readConfiguration(text: string): YamlReading {
  try {
    const documents = parseAllDocuments(text, { customTags: [reference], merge: true })
    const all = Array.isArray(documents) ? documents : []
    const broken = all.flatMap((document) => document.errors)[0]
    if (broken !== undefined) return { ok: false, problem: broken.message }
    const [first, second] = all.map((document) => document.toJS() as unknown)
    if (all.length > 1) return { ok: true, header: first, body: second }
    return { ok: true, header: undefined, body: first }
  } catch (error) {
    return { ok: false, problem: messageOf(error) }
  }
}
