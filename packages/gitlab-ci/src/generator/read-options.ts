import { formatDuration } from '@oz-agent/core'
import {
  DEFAULT_TRIGGERS,
  type JobTimeouts,
  SHORTEST_JOB,
  shareOut,
  type TemplateOptions,
  timeoutProblem,
} from '../template/options.ts'
import { IMAGE_PATH, type Program, VENDORED_PATH } from '../template/program.ts'
import { DEFAULT_VERSION, formatVersion, knows } from '../template/versions.ts'
import type { CommandLine } from './command-line.ts'
import { OPTIONS, type OptionName, type OptionSpec } from './options.ts'
import { isInRepository } from './plan.ts'
import { type OptionValues, type Schemas, schemas } from './schemas.ts'

type Reading =
  | { readonly ok: true; readonly options: TemplateOptions }
  | { readonly ok: false; readonly problems: readonly string[] }

/**
 * Checks the values of the options: each by its schema, then those that depend on each other.
 * @param programSha256 of the job program; undefined when there is none.
 */
export function readOptions(line: CommandLine, programSha256: string | undefined): Reading {
  const problems = [...line.problems]
  const report: Report = (name, message) => problems.push(`--${name}: ${message}`)
  const values = readValues(line, report)
  checkCommand(line, values, report)
  checkJobName(values, report)
  const program = readProgram(line, values, programSha256, report)
  const timeouts = readTimeouts(line, values, report)
  if (problems.length > 0) return { ok: false, problems }
  const needs = line.given.get('needs')
  const options: TemplateOptions = {
    version: values['gitlab-version'] ?? DEFAULT_VERSION,
    program,
    image: values.image ?? '',
    stage: values.stage ?? '',
    jobName: values['job-name'] ?? '',
    jobPrefix: values['job-prefix'] ?? '',
    tags: line.given.get('tag') ?? [],
    triggers: values.on ?? DEFAULT_TRIGGERS,
    needs: needs?.join() === 'none' ? [] : needs,
    timeouts,
    artifactExpiry: values['artifact-expiry'] ?? '',
    writes: line.given.has('writes'),
    cache: line.given.has('cache'),
    defaults: values.input ?? {},
  }
  return { ok: true, options }
}

type Report = (name: OptionName, message: string) => void

/** The checked values by option; a wrong one is reported and missing. */
function readValues({ given }: CommandLine, report: Report): OptionValues {
  const names = Object.keys(schemas) as (keyof Schemas)[]
  const read = names.map((name) => {
    const spec: OptionSpec = OPTIONS[name]
    const text = spec.repeatable ? given.get(name) : (given.get(name)?.[0] ?? spec.default)
    if (text === undefined) return []
    const parsed = schemas[name].safeParse(text)
    for (const { message } of parsed.error?.issues ?? []) report(name, message)
    return parsed.success ? [[name, parsed.data]] : []
  })
  return Object.fromEntries(read.flat())
}

function checkCommand({ command }: CommandLine, values: OptionValues, report: Report): void {
  if (command !== 'component') return
  const version = values['gitlab-version']
  if (version !== undefined && !knows(version, 'components')) {
    report('gitlab-version', `${formatVersion(version)} has no components: they came with GitLab 17.0`)
  }
  if (values.program === 'vendored') {
    report(
      'program',
      'only YAML of a component reaches its users: expected download or image, got "vendored"',
    )
  }
}

/** Words that cannot be the name of a job, and `pages`, which makes it a job of another kind. */
const RESERVED = [
  'after_script',
  'before_script',
  'cache',
  'default',
  'image',
  'include',
  'pages',
  'services',
  'spec',
  'stages',
  'types',
  'variables',
  'workflow',
  'true',
  'false',
  'nil',
]

/** https://docs.gitlab.com/ci/jobs/#job-names: 255 characters, and some words are keywords. */
function checkJobName(values: OptionValues, report: Report): void {
  const name = values['job-name']
  if (name === undefined) return
  const whole = (values['job-prefix'] ?? '') + name
  if (RESERVED.includes(whole)) report('job-name', `"${whole}" is a word of GitLab's own`)
  if (whole.startsWith('.')) report('job-name', `"${whole}" begins with a dot: GitLab would hide the job`)
  if (whole.length > 255) report('job-name', 'with its prefix it is longer than 255 characters')
}

/** How the job gets its program. */
function readProgram(
  { given }: CommandLine,
  values: OptionValues,
  sha256: string | undefined,
  report: Report,
): Program {
  const kind = values.program
  if (sha256 === undefined && (kind !== 'image' || given.has('program-file'))) {
    const named = given.get('program-file')?.[0]
    const problem =
      named === undefined ? 'there is no program beside the generator' : `there is no file "${named}"`
    report('program-file', `${problem}: name the file of the job program`)
  }
  if (kind === 'download') {
    const url = given.get('program-url')?.[0] ?? ''
    if (!/^https:\/\/[^\s/]+\/\S+$/.test(url)) {
      report('program-url', `expected the https URL of the program, got "${url}"`)
    }
    if (given.has('program-path')) report('program-path', 'has no effect with --program=download')
    return { kind, url, sha256: sha256 ?? '' }
  }
  if (given.has('program-url')) report('program-url', 'has no effect without --program=download')
  const path = given.get('program-path')?.[0] ?? (kind === 'image' ? IMAGE_PATH : VENDORED_PATH)
  if (kind === 'image') {
    if (!path.startsWith('/')) report('program-path', `expected an absolute path, got "${path}"`)
    return { kind, path }
  }
  if (kind === 'vendored' && !(isInRepository(path) && path.endsWith('.mjs'))) {
    report('program-path', `expected a path in the repository that ends in .mjs, got "${path}"`)
  }
  return { kind: 'vendored', path, sha256: sha256 ?? '' }
}

/** The limits of the job; those that were not given share what the job has left. */
function readTimeouts({ given }: CommandLine, values: OptionValues, report: Report): JobTimeouts {
  const job = values['job-timeout'] ?? SHORTEST_JOB
  if (job < SHORTEST_JOB) {
    report('job-timeout', `expected at least ${formatDuration(SHORTEST_JOB)}, got ${formatDuration(job)}`)
  }
  const shared = shareOut(job)
  const afterScript = values['after-script-timeout'] ?? shared.afterScript
  const rest = shared.script + shared.afterScript - afterScript
  const script = values['script-timeout'] ?? Math.max(rest, 1000)
  const timeouts = { job, afterScript, script }
  const problem = values['job-timeout'] === undefined ? undefined : timeoutProblem(timeouts)
  if (problem !== undefined) {
    report(given.has('script-timeout') ? 'script-timeout' : 'after-script-timeout', problem)
  }
  return timeouts
}
