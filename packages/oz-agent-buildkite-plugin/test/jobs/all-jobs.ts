import type { NamedJob } from '../support/named-job.ts'
import { cancelJobs } from './cancelling.ts'
import { hostileJobs } from './hostile-text.ts'
import { onFailureJobs } from './on-failure.ts'
import { outcomeJobs } from './outcomes.ts'
import { refusalJobs } from './refusals.ts'
import { surroundingJobs } from './surroundings.ts'

/** Every job that the real agents run, whatever their version. */
export const allJobs: readonly NamedJob[] = [
  ...outcomeJobs,
  ...refusalJobs,
  ...hostileJobs,
  ...onFailureJobs,
  ...cancelJobs,
  ...surroundingJobs,
]
