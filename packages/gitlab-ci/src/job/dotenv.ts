import { OUTPUTS, type OutputId, type OutputValues, printableLine, spell, truncateUtf8 } from '@oz-agent/core'

/** Below GitLab's 5 KB, which the file must stay under: https://docs.gitlab.com/ci/yaml/artifacts_reports/#artifactsreportsdotenv */
const MAX_BYTES = 5_000
const PROSE: ReadonlySet<OutputId> = new Set(['finalMessage', 'agentOutput'])
const LARGEST_ARTIFACTS = 1_500
const LARGEST_EXACT = 300
/** What the agent said gets at least this, names included. */
const LEAST_PROSE = 500

export interface DotenvOptions {
  /** How the names begin: `OZ` gives `OZ_OUTCOME`. */
  readonly prefix: string
  /** Paths within it are given relative to it, so that a later job finds them in its own checkout. */
  readonly projectDir: string
}

/**
 * The outputs as a dotenv report for later jobs, one line each. GitLab takes lines as they are and expands `$` in
 * them, so values are one line without quotes, backslashes and `$`; JSON goes as `…_ARTIFACTS_BASE64`.
 * Short values come first and whole; what the agent said takes what is left and says that it was cut.
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
