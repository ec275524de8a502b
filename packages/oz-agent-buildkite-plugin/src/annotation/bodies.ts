import { type OutcomeName, outcomeNamed, type RunIdentity } from '@oz-agent/core'
import type { AnnotationStyle } from '../agent/agent-commands.ts'

/** The agent's limit. https://buildkite.com/docs/agent/cli/reference/annotate */
export const MAX_BODY_BYTES = 1_048_576

/** While the agent works: where to watch it. */
export function startedBody(label: string | undefined, { runUrl, sessionUrl }: RunIdentity): string {
  const links = [
    sessionUrl === undefined ? undefined : `[Join the session](${sessionUrl})`,
    runUrl === undefined ? undefined : `[Open the run](${runUrl})`,
  ]
  const where = label === undefined ? '' : ` in **${escapeMarkdown(label)}**`
  return [`:robot_face: Oz is working${where}.`, links.filter(Boolean).join(' · ')]
    .filter(Boolean)
    .join('\n\n')
}

/** When it has ended: core's summary, and links to the files. */
export function finishedBody(summary: string, files: readonly string[]): string {
  if (files.length === 0) return summary
  const links = files.map((path) => `[${path.split('/').at(-1)}](artifact://${encodeURI(path)})`)
  return `${summary.trimEnd()}\n\nFiles: ${links.join(' · ')}\n`
}

/** Green, red, amber where a person or a retry may help, blue where nothing was to be done. */
export function styleOf(outcome: OutcomeName): AnnotationStyle {
  const { verdict, retryable } = outcomeNamed(outcome)
  if (verdict === 'success') return 'success'
  if (verdict === 'neutral') return 'info'
  return retryable || AMBER.has(outcome) ? 'warning' : 'error'
}

const AMBER: ReadonlySet<OutcomeName> = new Set(['blocked', 'cancelled', 'timed-out'])

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#!|~]/g, '\\$&').replace(/\s+/g, ' ')
}
