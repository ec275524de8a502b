import { type Environment, type OutcomeName, outcomeNamed } from '@oz-agent/core'

const OURS = / · Oz [a-z-]+ :[a-z_]+:$/
const EMOJI = { success: ':white_check_mark:', neutral: ':fast_forward:', failure: ':x:' } as const

/** The step's label with how the agent ended; a suffix that an earlier try of the job left is replaced. */
export function labelWith(env: Environment, outcome: OutcomeName): string {
  const label = (env.BUILDKITE_LABEL ?? '').replace(OURS, '')
  return `${label} · Oz ${outcome} ${EMOJI[outcomeNamed(outcome).verdict]}`.trim()
}
