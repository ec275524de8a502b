import { expect, test } from 'vitest'
import type { ExitStatus } from '../ports.ts'
import type { StopReason } from '../process/stop.ts'
import { type CloseReason, closeReason } from './failure.ts'

const code = (status: number): ExitStatus => ({ kind: 'code', code: status })
const killed = (signal: NodeJS.Signals): ExitStatus => ({ kind: 'signal', signal })

const rows: {
  name: string
  exit: ExitStatus | undefined
  stop?: StopReason
  category?: CloseReason['category']
  says?: string
}[] = [
  { name: 'a run that ended by itself with 0 needs no reason', exit: code(0) },
  { name: 'an error', exit: code(1), category: 'process_exit', says: 'status 1' },
  { name: 'a crash', exit: killed('SIGSEGV'), category: 'process_exit', says: 'SIGSEGV' },
  { name: 'SIGKILL from nobody here', exit: killed('SIGKILL'), category: 'oom', says: 'memory' },
  { name: '137 from a wrapping shell', exit: code(137), category: 'oom', says: 'memory' },
  {
    name: 'a cancel that ended with 0',
    exit: code(0),
    stop: { kind: 'cancelled', signal: 'SIGINT' },
    category: 'process_exit',
    says: 'SIGINT',
  },
  {
    name: 'our own SIGKILL after a cancel',
    exit: killed('SIGKILL'),
    stop: { kind: 'cancelled', signal: 'SIGTERM' },
    category: 'process_exit',
    says: 'SIGTERM',
  },
  {
    name: 'the deadline',
    exit: code(0),
    stop: { kind: 'deadline' },
    category: 'timeout',
    says: 'time limit',
  },
  {
    name: 'our own SIGKILL after the deadline',
    exit: killed('SIGKILL'),
    stop: { kind: 'deadline' },
    category: 'timeout',
    says: 'time limit',
  },
  {
    name: 'a hang at start-up',
    exit: killed('SIGTERM'),
    stop: { kind: 'startup-timeout' },
    category: 'timeout',
    says: 'sign of life',
  },
  { name: 'an agent that never ran', exit: undefined, category: 'process_exit', says: 'not start' },
]

test.each(rows)('$name', ({ exit, stop, category, says }) => {
  const reason = closeReason(exit, stop)
  expect(reason?.category).toBe(category)
  if (says !== undefined) expect(reason?.message).toContain(says)
})
