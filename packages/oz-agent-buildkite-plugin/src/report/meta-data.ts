import {
  type Environment,
  type OutcomeName,
  type OutputId,
  type OutputValues,
  outcomeNamed,
  spell,
} from '@oz-agent/core'

/** Values are kept small, because Buildkite shows them and passes them on to other builds. */
const MAX_VALUE_BYTES = 1_000

/** The outputs that later steps use. The others are in `result.json`. */
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

/**
 * The prefix of the keys. Meta-data belongs to the whole build, so a step with a key, each of parallel jobs and each
 * further use of the plugin have names of their own. Nothing tells the jobs of a matrix apart here: those need
 * `meta-data-prefix` with `{{matrix}}` in it.
 * @param use counts the uses of this plugin in the job, from 1.
 */
export function metaDataPrefix(env: Environment, chosen: string | undefined, use: number): string {
  const parallel = env.BUILDKITE_PARALLEL_JOB?.trim()
  const parts = [
    ...(chosen !== undefined
      ? [chosen]
      : ['oz-agent', env.BUILDKITE_STEP_KEY?.trim(), parallel && `job-${parallel}`]),
    use > 1 ? `use-${use}` : undefined,
  ]
  return parts.filter(Boolean).join(':')
}

/** Keys and values for `buildkite-agent meta-data set`, which refuses blank values. */
export function metaDataOf(prefix: string, outputs: OutputValues): readonly (readonly [string, string])[] {
  return KEPT.filter((id) => outputs[id].trim() !== '').map((id) => [
    `${prefix}:${spell(id, 'kebab')}`,
    shorten(outputs[id]),
  ])
}

/** Cuts a text to the limit between two characters, and marks the cut with `…`. */
function shorten(text: string): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= MAX_VALUE_BYTES) return text
  const mark = '…'
  let end = MAX_VALUE_BYTES - Buffer.byteLength(mark)
  // A byte 10xxxxxx continues a character.
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  return bytes.toString('utf8', 0, end).trimEnd() + mark
}

const OURS = / · Oz [a-z-]+(, command failed)? :[a-z_]+:$/
const EMOJI = { success: ':white_check_mark:', neutral: ':fast_forward:', failure: ':x:' } as const

/** The step's label with the outcome of the agent. It replaces the suffix of an earlier try of the job. */
export function labelWith(env: Environment, outcome: OutcomeName, commandFailed = false): string {
  const label = (env.BUILDKITE_LABEL ?? '').replace(OURS, '')
  const end = commandFailed ? ', command failed :x:' : ` ${EMOJI[outcomeNamed(outcome).verdict]}`
  return `${label} · Oz ${outcome}${end}`.trim()
}
