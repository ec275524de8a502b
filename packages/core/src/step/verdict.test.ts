import { describe, expect, it } from 'vitest'
import { spell } from '../contract/names.ts'
import { RunnerError, StartError } from '../errors.ts'
import { Stopped } from '../process/stop.ts'
import { StepSkipped } from './read-request.ts'
import { spellInputs, verdictOfDecision, verdictOfThrown } from './verdict.ts'

const system = (code: string) =>
  Object.assign(new Error(`${code}: no, write`), { code, syscall: 'write', errno: -1 })

describe('the verdict on a step that threw', () => {
  it.each([
    ['a skipped step', new StepSkipped('a fork'), 'skipped', 0],
    ['an expected failure', new RunnerError('temporary', 'later'), 'temporary', 75],
    ['a job cancelled by SIGINT', new Stopped({ kind: 'cancelled', signal: 'SIGINT' }), 'cancelled', 130],
    ['a job cancelled by SIGTERM', new Stopped({ kind: 'cancelled', signal: 'SIGTERM' }), 'cancelled', 143],
    ['the deadline', new Stopped({ kind: 'deadline' }), 'timed-out', 124],
    ['a full disk', system('ENOSPC'), 'unavailable', 69],
    ['a read-only disk', system('EROFS'), 'unavailable', 69],
    ['a folder of somebody else', system('EACCES'), 'unavailable', 69],
    [
      'a CLI that is gone',
      new StartError('ENOENT', 'file', '/bin/oz cannot be started', null),
      'unavailable',
      69,
    ],
    [
      'a checkout that is gone',
      new StartError('ENOENT', 'folder', '/src is no folder', null),
      'unavailable',
      69,
    ],
    ['a system error that we caused', system('EINVAL'), 'internal-error', 70],
    ['a bug', new TypeError('x is undefined'), 'internal-error', 70],
    ['a thrown text', 'oops', 'internal-error', 70],
  ])('of %s', (_name, thrown, outcome, exitCode) => {
    expect(verdictOfThrown(thrown, 60_000)).toMatchObject({ outcome, exitCode })
  })

  it.each([
    ['the deadline', 'deadline', undefined, 'the deadline of 5m passed before the agent was started'],
    [
      'the deadline during a download',
      'deadline',
      'while the CLI was downloaded',
      'the deadline of 5m passed while the CLI was downloaded',
    ],
    [
      'a cancel during a download',
      'cancelled',
      'while the CLI was downloaded',
      'the CI ended the job (SIGINT) before the agent was started, while the CLI was downloaded',
    ],
  ] as const)('says what %s has met', (_name, kind, during, reason) => {
    const why = kind === 'deadline' ? { kind } : ({ kind, signal: 'SIGINT' } as const)
    expect(verdictOfThrown(new Stopped(why, during), 300_000).reason).toBe(reason)
  })

  it('shows the stack of a bug only, and asks for a report', () => {
    expect(verdictOfThrown(new TypeError('x is undefined'), 0)).toMatchObject({
      stack: expect.stringContaining('verdict.test.ts'),
      error: { remedy: expect.stringContaining('Please report it') },
    })
    expect(verdictOfThrown(system('ENOSPC'), 0)).toMatchObject({
      reason: 'the disk is full: ENOSPC: no, write',
      error: { remedy: expect.stringMatching(/^Free space/) },
    })
    expect(verdictOfThrown(system('ENOSPC'), 0).stack).toBeUndefined()
  })
})

describe('inputs in the remedy of a verdict', () => {
  it.each([
    ['flag', 'Pass --allow-empty or --timeout, `oz` stays.'],
    ['kebab', 'Pass allow-empty or timeout, `oz` stays.'],
    ['snake', 'Pass allow_empty or timeout, `oz` stays.'],
  ] as const)('are spelled as %s', (spelling, remedy) => {
    const verdict = verdictOfDecision({
      outcome: 'no-output',
      exitCode: 3,
      reason: 'x',
      remedy: 'Pass `allow_empty` or `timeout`, `oz` stays.',
    })
    const spelled = spellInputs(verdict, (id) => spell(id, spelling))
    expect(spelled.remedy).toBe(remedy)
    expect(spelled.error?.remedy).toBe(remedy)
  })
})
