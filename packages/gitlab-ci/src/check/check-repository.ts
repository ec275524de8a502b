import { parseDuration } from '@oz-agent/core'
import * as z from 'zod'
import type { Repository } from '../generator/repository.ts'
import { timeoutProblem } from '../generator/timeouts.ts'
import { checkInputs } from './check-inputs.ts'
import { specHeader } from './input-spec.ts'
import { interpolate } from './interpolate.ts'
import { readConfiguration } from './read-yaml.ts'

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
 * Everything that is wrong with what these files hand to the local files that they include, one sentence each.
 * Included templates of projects, URLs and components are not at hand and are passed over.
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

/** What GitLab would say when it includes this template with these inputs; then what it would not notice. */
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

/** Time limits that do not fit each other are accepted by GitLab and only hurt when they are needed. */
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
