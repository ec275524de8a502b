import type { NamedJob } from '../support/named-job.ts'
import { callJobs } from './calls.ts'
import { cancelJobs } from './cancelling.ts'
import { commandJobs } from './commands.ts'
import { hostileJobs } from './hostile-text.ts'
import { onFailureJobs } from './on-failure.ts'
import { optionJobs } from './options.ts'
import { outcomeJobs } from './outcomes.ts'
import { refusalJobs } from './refusals.ts'
import { surroundingJobs } from './surroundings.ts'

/** Every job that the real agents run, whatever their version. */
export const allJobs: readonly NamedJob[] = [
  ...outcomeJobs,
  ...optionJobs,
  ...refusalJobs,
  ...hostileJobs,
  ...onFailureJobs,
  ...commandJobs,
  ...cancelJobs,
  ...surroundingJobs,
  ...callJobs,
]
