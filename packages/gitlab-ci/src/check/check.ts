import { messageOf, parseDuration } from '@oz-agent/core'
import { parseAllDocuments } from 'yaml'
import * as z from 'zod'
import type { Repository } from '../generator/plan.ts'
import { timeoutProblem } from '../template/options.ts'
import { checkInputs, interpolate, specHeader } from './inputs.ts'

const include = z.union([
  z.string().transform((local) => ({ local, inputs: undefined })),
  z.looseObject({
    local: z.string().optional(),
    inputs: z.record(z.string(), z.unknown()).nullish(),
  }),
])
const withIncludes = z.looseObject({
  include: z.union([z.array(include), include.transform((one) => [one])]).optional(),
})

/**
 * Everything that is wrong with the inputs that these files give to the local files they include, one sentence each.
 * Templates of other projects, URLs and components cannot be read, so they are not checked.
 */
export async function checkRepository(
  repository: Repository,
  files: readonly string[],
): Promise<readonly string[]> {
  const problems: string[] = []
  for (const file of files) {
    const bytes = await repository.read(file)
    if (bytes === undefined) problems.push(`${file}: there is no such file`)
    else problems.push(...(await checkFile(repository, file, text(bytes))))
  }
  return problems
}

async function checkFile(repository: Repository, file: string, content: string): Promise<readonly string[]> {
  const reading = readConfiguration(content)
  if (!reading.ok) return [`${file}: ${reading.problem}`]
  const parsed = withIncludes.safeParse(reading.body ?? {})
  if (!parsed.success) return [`${file}: ${z.prettifyError(parsed.error)}`]
  const problems: string[] = []
  for (const { local, inputs } of parsed.data.include ?? []) {
    if (local === undefined || local.includes('*') || /^https?:/.test(local)) continue
    const bytes = await repository.read(local.replace(/^\//, ''))
    if (bytes === undefined) problems.push(`${file}: Local file \`${local}\` does not exist!`)
    else
      problems.push(...checkInclude(text(bytes), inputs ?? {}).map((one) => `${file}: \`${local}\`: ${one}`))
  }
  return problems
}

/** The errors that GitLab would report for this template with these inputs, then those that it does not report. */
export function checkInclude(template: string, given: Readonly<Record<string, unknown>>): readonly string[] {
  const reading = readConfiguration(template)
  if (!reading.ok) return [reading.problem]
  if (reading.header === undefined) {
    const none = Object.keys(given).length === 0
    return none ? [] : ['Given inputs not defined in the `spec` section of the included configuration file']
  }
  const header = specHeader.safeParse(reading.header)
  if (!header.success) return [`header:${z.prettifyError(header.error)}`]
  const inputs = checkInputs(header.data.spec.inputs ?? {}, given)
  if (inputs.errors.length > 0) return inputs.errors
  const { result, errors } = interpolate(reading.body, inputs.values)
  return errors.length > 0 ? errors : jobProblems(result)
}

const timed = z.looseObject({
  timeout: z.string(),
  variables: z.looseObject({ RUNNER_SCRIPT_TIMEOUT: z.string(), RUNNER_AFTER_SCRIPT_TIMEOUT: z.string() }),
})

/** GitLab accepts time limits that do not fit each other; the job then ends without its after_script. */
function jobProblems(body: unknown): readonly string[] {
  return Object.entries(z.record(z.string(), z.unknown()).catch({}).parse(body)).flatMap(([name, job]) => {
    const parsed = timed.safeParse(job)
    if (!parsed.success) return []
    const { timeout, variables } = parsed.data
    const times = [timeout, variables.RUNNER_SCRIPT_TIMEOUT, variables.RUNNER_AFTER_SCRIPT_TIMEOUT]
    const [all, script, afterScript] = times.map((time) => parseDuration(time))
    if (all === undefined || script === undefined || afterScript === undefined) return []
    const problem = timeoutProblem({ job: all, script, afterScript })
    return problem === undefined ? [] : [`jobs:${name} ${problem}`]
  })
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8')
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
