import type { KeptHead } from '../agent/transcript.ts'
import type { OutputValues } from '../contract/outputs.ts'
import type { Artifact, Result } from '../contract/result.ts'
import { truncateUtf8 } from './text.ts'

export interface OutputOptions {
  readonly format: 'text' | 'json'
  /** What the agent said (`agent-output.md`), for `text`. */
  readonly said: Pick<KeptHead, 'head' | 'isCut'>
  readonly saidFile: string
  /** The transcript, for `json`. */
  readonly transcript: Pick<KeptHead, 'head' | 'isCut'>
  readonly transcriptFile: string
  readonly resultFile: string
  /** Bytes of UTF-8 that one value may have. */
  readonly maxBytes: number
}

/**
 * The step's outputs, each within `maxBytes`. Texts are cut between characters and say so; NDJSON and the list of
 * artifacts lose whole entries; an id, a link or a path that does not fit is left empty, as half of it would be wrong.
 */
export function buildOutputs(result: Result, options: OutputOptions): OutputValues {
  const { maxBytes } = options
  const whole = (text: string | null | undefined): string =>
    text != null && Buffer.byteLength(text) <= maxBytes ? text : ''
  return {
    outcome: result.outcome,
    exitCode: String(result.exit_code),
    agentOutput: options.format === 'text' ? saidOutput(options) : eventsOutput(options),
    finalMessage: truncateUtf8(result.final_message ?? '', maxBytes, cutNotice(options.saidFile)),
    runId: whole(result.run.id),
    runUrl: whole(result.run.url),
    sessionUrl: whole(result.run.session_url),
    conversationId: whole(result.run.conversation_id),
    pullRequestUrl: whole(result.artifacts.findLast((artifact) => artifact.type === 'pull_request')?.url),
    artifacts: artifactsOutput(result.artifacts, maxBytes),
    durationSeconds: String(Math.round(result.timing.total_ms / 1000)),
    resultFile: whole(options.resultFile),
    transcriptFile: whole(options.transcriptFile),
  }
}

const cutNotice = (file: string): string => `\n\n[Cut here: the whole text is in ${file}]`

function saidOutput({ said, saidFile, maxBytes }: OutputOptions): string {
  const head = said.head()
  if (!said.isCut()) return truncateUtf8(head, maxBytes, cutNotice(saidFile))
  // More follows in the file, so the notice must come even where the head alone would fit.
  const notice = cutNotice(saidFile)
  return truncateUtf8(`${truncateUtf8(head, maxBytes - Buffer.byteLength(notice))}${notice}`, maxBytes)
}

// Every line must parse, so whole lines are left out, and the notice is one of them.
function eventsOutput({ transcript, transcriptFile, maxBytes }: OutputOptions): string {
  const head = transcript.head()
  if (!transcript.isCut() && Buffer.byteLength(head) <= maxBytes) return head.trimEnd()
  const notice = JSON.stringify({ type: 'output_cut', transcript_file: transcriptFile })
  const room = maxBytes - Buffer.byteLength(notice) - 1
  if (room <= 0) return Buffer.byteLength(notice) <= maxBytes ? notice : ''
  const part = truncateUtf8(head, room)
  const lines = part.slice(0, part.lastIndexOf('\n') + 1)
  return `${lines}${notice}`
}

function artifactsOutput(artifacts: readonly Artifact[], maxBytes: number): string {
  const kept: string[] = []
  // The last ones matter most: they are what the run ended with.
  let room = maxBytes - 2
  for (const artifact of artifacts.toReversed()) {
    const entry = JSON.stringify(artifact)
    room -= Buffer.byteLength(entry) + 1
    if (room < 0) break
    kept.unshift(entry)
  }
  return `[${kept.join(',')}]`
}
