import { type Environment, type OutputId, type OutputValues, spell } from '@oz-agent/core'

/** Values are kept small: Buildkite shows them, and passes them on to other builds. */
const MAX_VALUE_BYTES = 1_000

/** What later steps want to know; the rest is in `result.json`. */
const KEPT: readonly OutputId[] = [
  'outcome',
  'exitCode',
  'finalMessage',
  'runId',
  'runUrl',
  'sessionUrl',
  'conversationId',
  'pullRequestUrl',
  'durationSeconds',
]

/** What the keys begin with: meta-data belongs to the whole build, so steps with keys get names of their own. */
export function metaDataPrefix(env: Environment, chosen: string | undefined): string {
  if (chosen !== undefined) return chosen
  const step = env.BUILDKITE_STEP_KEY?.trim()
  return step ? `oz-agent:${step}` : 'oz-agent'
}

/** Keys and values for `buildkite-agent meta-data set`, which refuses blank values. */
export function metaDataOf(prefix: string, outputs: OutputValues): readonly (readonly [string, string])[] {
  return KEPT.filter((id) => outputs[id].trim() !== '').map((id) => [
    `${prefix}:${spell(id, 'kebab')}`,
    shorten(outputs[id]),
  ])
}

/** At most as many bytes of whole characters, with `…` where something was cut. */
function shorten(text: string): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= MAX_VALUE_BYTES) return text
  const mark = '…'
  let end = MAX_VALUE_BYTES - Buffer.byteLength(mark)
  // Bytes 10xxxxxx continue a character.
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  return bytes.toString('utf8', 0, end).trimEnd() + mark
}
