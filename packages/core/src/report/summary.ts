import { isGreen } from '../contract/outcomes.ts'
import type { Artifact, Result } from '../contract/result.ts'
import { codeSpan, markdownLink, plainMarkdown, quoteAgentMarkdown } from './markdown.ts'
import { truncateUtf8 } from './text.ts'

const MAX_ENTRIES = 10

export interface SummaryOptions {
  /** Bytes of UTF-8 that the platform takes. */
  readonly maxBytes: number
  /** Where the whole of a text stands that had to be cut. */
  readonly saidFile?: string
  /** Hosts, besides those of the run and the job, that the agent's text may link to. */
  readonly trustedHosts?: readonly string[]
}

/**
 * One step as Markdown for a person: outcome and reason, remedy, links, figures, artifacts, warnings, and last what
 * the agent said, so that nothing of ours follows text that we did not write. What the agent chose is harmless:
 * see `quoteAgentMarkdown` for its message; names and commands are code. Never longer than `maxBytes`.
 */
export function renderSummary(result: Result, options: SummaryOptions): string {
  const { statistics } = result
  const ours = [
    heading(result),
    links(result),
    figures(result),
    list('Made by the agent', result.artifacts, artifactLine),
    list('Failed commands', statistics.failed_commands, failureLine, statistics.failed_command_count),
    list('Edited files', statistics.edited_files, (file) => codeSpan(file), statistics.edited_file_count),
    list('Warnings', result.warnings, (warning) => plainMarkdown(warning)),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
  const message = result.final_message?.trim() ?? ''
  if (message === '') return wholeLines(ours, options.maxBytes)
  const head = `${ours}\n\n#### What the agent said\n\n`
  const quote = quoteAgentMarkdown(message, hostsOf(result, options.trustedHosts ?? []))
  const room = options.maxBytes - Buffer.byteLength(head) - 1
  const notice = `\n\nCut here: the whole text is in ${codeSpan(options.saidFile ?? 'the result file')}.`
  if (room < 2 * Buffer.byteLength(notice)) return wholeLines(ours, options.maxBytes)
  if (Buffer.byteLength(quote) <= room) return `${head}${quote}\n`
  // Half an address could be the address of someone else.
  const part = truncateUtf8(quote, room - Buffer.byteLength(notice)).replace(/https?:\/\/\S*$/, '')
  return `${head}${part}${notice}\n`
}

/** Half a line could be read as other Markdown than the whole. */
function wholeLines(text: string, maxBytes: number): string {
  const part = truncateUtf8(`${text}\n`, maxBytes)
  return part.slice(0, part.lastIndexOf('\n') + 1)
}

function heading({ outcome, reason, error }: Result): string {
  const mark = outcome === 'skipped' ? '⏭️' : isGreen(outcome) ? '✅' : '❌'
  const parts = [`### ${mark} Oz agent: ${outcome}`, plainMarkdown(reason)]
  if (error !== null && error.message.trim() !== reason.trim()) parts.push(plainMarkdown(error.message))
  if (error?.remedy != null) parts.push(`**What to do:** ${plainMarkdown(error.remedy)}`)
  return parts.filter((part) => part !== '').join('\n\n')
}

function links({ run, artifacts }: Result): string {
  const pullRequest = artifacts.findLast((artifact) => artifact.type === 'pull_request')?.url
  const known: [label: string, url: string | null | undefined][] = [
    ['Oz run', run.url],
    ['Shared session', run.session_url],
    ['Pull request', pullRequest],
  ]
  return known
    .filter(([, url]) => url != null)
    .map(([label, url]) => markdownLink(label, url))
    .join(' · ')
}

function figures({ timing, statistics }: Result): string {
  const calls = Object.values(statistics.tool_calls).reduce((sum, count) => sum + count, 0)
  const rows: [name: string, value: string | number][] = [
    ['Duration', spoken(timing.total_ms)],
    ['Messages', statistics.messages],
    ['Tool calls', calls],
    ['Failed commands', statistics.failed_command_count],
    ['Edited files', statistics.edited_file_count],
  ]
  const cells = (values: readonly (string | number)[]): string => `| ${values.join(' | ')} |`
  return [
    cells(rows.map(([name]) => name)),
    cells(rows.map(() => '---')),
    cells(rows.map(([, value]) => value)),
  ].join('\n')
}

function list<Entry>(
  title: string,
  entries: readonly Entry[],
  line: (entry: Entry) => string,
  total = entries.length,
): string {
  if (entries.length === 0) return ''
  const shown = entries.slice(0, MAX_ENTRIES).map((entry) => `- ${line(entry)}`)
  const more = Math.max(total, entries.length) - shown.length
  return [`**${title}**`, '', ...shown, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n')
}

function failureLine({ command, exit_code }: Result['statistics']['failed_commands'][number]): string {
  const shown = codeSpan(command)
  return shown === '' ? `exit code ${exit_code}` : `${shown} (exit code ${exit_code})`
}

function artifactLine(artifact: Artifact): string {
  const kind = plainMarkdown(artifact.type.replaceAll('_', ' '), 64) || 'artifact'
  const name =
    artifact.title ?? artifact.filename ?? artifact.filepath ?? artifact.branch ?? artifact.description
  const url = artifact.url ?? artifact.notebook_link
  if (url !== undefined) return `${kind}: ${markdownLink(name || url, url)}`
  return !name ? kind : `${kind}: ${codeSpan(name)}`
}

function hostsOf({ run, ci }: Result, further: readonly string[]): Set<string> {
  const urls = [run.url, run.session_url, ci.job_url].filter((url) => url !== null && URL.canParse(url))
  return new Set([
    ...urls.map((url) => new URL(url as string).host),
    ...further.map((host) => host.toLowerCase()),
  ])
}

function spoken(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
