import { join } from 'node:path'
import {
  type Files,
  OUTPUTS,
  type OutputId,
  type OutputValues,
  printableLine,
  type RunIdentity,
  type StepReport,
  spell,
  truncateUtf8,
} from '@oz-agent/core'

/** Where a job's reports go, and how they name things. */
export interface ReportPlaces {
  readonly resultFolder: string
  readonly dotenv: DotenvOptions
  readonly files: Pick<Files, 'write'>
}

/** Writes the reports that the template hands to GitLab: outputs, links and summary. */
export async function writeReports(report: StepReport, { resultFolder, dotenv, files }: ReportPlaces) {
  const { run } = report.result
  const links = {
    ...(run.url !== null && { runUrl: run.url }),
    ...(run.session_url !== null && { sessionUrl: run.session_url }),
  }
  await files.write(join(resultFolder, 'outputs.env'), renderDotenv(report.outputs, dotenv))
  await writeAnnotations(links, { resultFolder, files }, report.outputs.pullRequestUrl)
  if (report.summary !== undefined) await files.write(join(resultFolder, 'summary.md'), report.summary)
}

/** Writes the links of a run, if there are any. */
export async function writeAnnotations(
  links: RunIdentity,
  { resultFolder, files }: Pick<ReportPlaces, 'resultFolder' | 'files'>,
  pullRequestUrl?: string,
): Promise<void> {
  const annotations = renderAnnotations(links, pullRequestUrl)
  if (annotations !== undefined) await files.write(join(resultFolder, 'annotations.json'), annotations)
}

/** Below the 5 KB that GitLab takes: https://docs.gitlab.com/ci/yaml/artifacts_reports/#artifactsreportsdotenv */
const MAX_BYTES = 5_000
const PROSE: ReadonlySet<OutputId> = new Set(['finalMessage', 'agentOutput'])
const LARGEST_ARTIFACTS = 1_500
const LARGEST_EXACT = 300
/** At least these bytes are kept for what the agent said, names included. */
const LEAST_PROSE = 500

export interface DotenvOptions {
  /** How the names begin: `OZ` gives `OZ_OUTCOME`. */
  readonly prefix: string
  /** Paths in this folder become relative, so that a later job finds them in its own checkout. */
  readonly projectDir: string
}

/**
 * The outputs as a dotenv report for later jobs, one line each. GitLab takes lines as they are and expands `$` in
 * them, so values are one line without quotes, backslashes and `$`; JSON goes as `…_ARTIFACTS_BASE64`.
 * Short values come first and are never cut; what the agent said gets the remaining bytes and says when it was cut.
 */
export function renderDotenv(outputs: OutputValues, { prefix, projectDir }: DotenvOptions): string {
  const exact = OUTPUTS.filter(({ id }) => !PROSE.has(id) && id !== 'artifacts')
  const lines = exact.map(({ id }) => line(prefix, id, exactValue(relativeTo(projectDir, outputs[id]))))
  const name = `${prefix}_ARTIFACTS_BASE64`
  const room = MAX_BYTES - Buffer.byteLength(lines.join('')) - name.length - 2 - LEAST_PROSE
  lines.push(`${name}=${artifactsValue(outputs.artifacts, Math.min(room, LARGEST_ARTIFACTS))}\n`)
  for (const id of PROSE) {
    const used = Buffer.byteLength(lines.join(''))
    const name = nameOf(prefix, id)
    const left = MAX_BYTES - used - (name.length + 2)
    const share = id === 'finalMessage' ? Math.floor((left * 2) / 3) : left
    lines.push(line(prefix, id, safeValue(outputs[id], share)))
  }
  return lines.join('')
}

/** The whole list or nothing: half of it could not be read. */
function artifactsValue(json: string, maxBytes: number): string {
  const encoded = Buffer.from(json).toString('base64')
  return encoded.length > maxBytes ? '' : encoded
}

function relativeTo(folder: string, value: string): string {
  return value.startsWith(`${folder}/`) ? value.slice(folder.length + 1) : value
}

/** An id, a link or a path: whole or not at all. */
function exactValue(value: string): string {
  return Buffer.byteLength(value) > LARGEST_EXACT ? '' : safeValue(value, LARGEST_EXACT)
}

/** One line that shells, GitLab and dotenv readers all take as it is. */
export function safeValue(value: string, maxBytes: number): string {
  const line = printableLine(value.slice(0, maxBytes * 2), maxBytes * 2)
    .replaceAll(/["'`]/g, '’')
    .replaceAll('$', '＄')
    .replaceAll('\\', '＼')
  return truncateUtf8(line, Math.max(0, maxBytes), ' …').trim()
}

function line(prefix: string, id: OutputId, value: string): string {
  return `${nameOf(prefix, id)}=${value}\n`
}

function nameOf(prefix: string, id: OutputId): string {
  return `${prefix}_${spell(id, 'snake').toUpperCase()}`
}

/**
 * The links that GitLab shows beside the job; undefined when there are none.
 * https://docs.gitlab.com/ci/yaml/artifacts_reports/#artifactsreportsannotations
 */
export function renderAnnotations(
  { runUrl, sessionUrl }: RunIdentity,
  pullRequestUrl?: string,
): string | undefined {
  const known: [label: string, url: string | undefined][] = [
    ['Oz run', runUrl],
    ['Shared session', sessionUrl],
    ['Pull request', pullRequestUrl],
  ]
  const links = known.flatMap(([label, url]) => (isLink(url) ? [{ external_link: { label, url } }] : []))
  return links.length === 0 ? undefined : `${JSON.stringify({ Oz: links }, null, 2)}\n`
}

function isLink(url: string | undefined): url is string {
  return url !== undefined && url.length <= 2000 && /^https?:/i.test(url) && URL.canParse(url)
}
