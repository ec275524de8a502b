import { createHash } from 'node:crypto'
import type { Environment } from '@oz-agent/core'
import { MAX_CONTEXT_LENGTH } from '../options/own-options.ts'

/**
 * The annotation's context: what the user chose, else one that belongs to the step, and stays the same when its
 * job is retried. `use` counts from 1 how often this plugin ran in the job.
 */
export function annotationContext(env: Environment, chosen: string | undefined, use: number): string {
  if (chosen !== undefined) return chosen
  const step = env.BUILDKITE_STEP_KEY || env.BUILDKITE_STEP_ID || env.BUILDKITE_JOB_ID || 'step'
  const parts = ['oz-agent', step, env.BUILDKITE_PARALLEL_JOB, use > 1 ? String(use) : undefined]
  return fit(parts.filter(Boolean).join('-'))
}

function fit(context: string): string {
  if (context.length <= MAX_CONTEXT_LENGTH) return context
  const digest = createHash('sha256').update(context).digest('hex').slice(0, 12)
  return `${context.slice(0, MAX_CONTEXT_LENGTH - digest.length - 1)}-${digest}`
}
