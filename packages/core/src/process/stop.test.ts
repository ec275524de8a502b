import { expect, test } from 'vitest'
import type { StopSignal } from '../ports.ts'
import { FakeClock } from '../testing/index.ts'
import { createStop } from './stop.ts'

const GRACES = { cancelGrace: 1000, deadlineGrace: 1000 }

test.each([
  { signal: 'SIGINT', interrupter: 'you', reason: { kind: 'cancelled', signal: 'SIGINT', by: 'you' } },
  { signal: 'SIGINT', interrupter: undefined, reason: { kind: 'cancelled', signal: 'SIGINT' } },
  { signal: 'SIGTERM', interrupter: 'you', reason: { kind: 'cancelled', signal: 'SIGTERM' } },
  { signal: 'SIGHUP', interrupter: 'you', reason: { kind: 'cancelled', signal: 'SIGHUP' } },
] as const)('$signal, where it comes from $interrupter', ({ signal, interrupter, reason }) => {
  const signals: { send: (signal: StopSignal) => void } = { send: () => {} }
  const listen = (callback: (signal: StopSignal) => void) => {
    signals.send = callback
    return () => {}
  }
  const stop = createStop({ ...GRACES, interrupter }, { clock: new FakeClock(), stop: { listen } })
  signals.send(signal)
  expect(stop.reason()).toEqual(reason)
  stop.end()
})
