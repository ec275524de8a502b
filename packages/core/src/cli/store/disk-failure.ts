import { dirname } from 'node:path'
import { RunnerError } from '../../errors.ts'
import { errnoOf } from '../start-attempt.ts'

const PROBLEMS: Record<string, { problem: string; remedy: string }> = {
  ENOSPC: { problem: 'is full', remedy: 'Free some space on this disk, or keep the tools on another one.' },
  EDQUOT: {
    problem: 'is full for this user (quota)',
    remedy: 'Free some space, or keep the tools on another disk.',
  },
  EROFS: { problem: 'is read-only', remedy: 'Give the step a folder that it may write to.' },
  EACCES: {
    problem: 'may not be written to by this user',
    remedy: 'Give the step a folder that it may write to.',
  },
  EPERM: {
    problem: 'may not be written to by this user',
    remedy: 'Give the step a folder that it may write to.',
  },
  EFBIG: { problem: 'takes no file of that size', remedy: 'Raise the limit on file sizes (ulimit -f).' },
  EMFILE: {
    problem: 'cannot be used, too many files are open',
    remedy: 'Raise the limit on open files (ulimit -n).',
  },
  EIO: { problem: 'fails to read or write (EIO)', remedy: 'Check the disk of this machine.' },
}

/** A file system's error as a failure of the step; undefined for any other error. */
export function diskFailure(error: unknown, path: string): RunnerError | undefined {
  const code = errnoOf(error)
  const known = PROBLEMS[code]
  if (known === undefined) return undefined
  return new RunnerError(
    'unavailable',
    `The disk of ${dirname(path)} ${known.problem}: the CLI could not be installed (${code}).`,
    {
      remedy: known.remedy,
      cause: error,
    },
  )
}
