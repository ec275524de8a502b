import { type Supervision, supervise } from '../run/supervise.ts'
import { FakeClock } from './fake-clock.ts'
import { fakeMachine } from './fake-machine.ts'
import { FakeProcesses, type Nature } from './fake-processes.ts'
import { FakeStopSignals } from './fake-stop-signals.ts'

/** What a staged run is given to wind down, in ms. */
export const stagedWindDown = { cancelGrace: 5000, deadlineGrace: 30_000 }

/** A supervised run under a clock that the test moves; its agent is deaf to SIGTERM or obeys it. */
export function stageRun(nature: Nature = 'obedient', request: Partial<Supervision> = {}) {
  const clock = new FakeClock()
  const processes = new FakeProcesses()
  const stop = new FakeStopSignals()
  processes.nature = nature
  const said: string[] = []
  const take = (chunk: Uint8Array): void => void said.push(new TextDecoder().decode(chunk))
  const supervision: Supervision = {
    command: { file: '/opt/oz', args: [], env: {} },
    startupTimeout: 0,
    windDown: stagedWindDown,
    cookie: 'c00k1e',
    onStdout: take,
    onStderr: take,
    isAlive: () => said.length > 0,
    ...request,
  }
  const run = () => supervise(supervision, { clock, processes, stop, machine: fakeMachine() })
  const sent = () => processes.signals.map(({ pid, signal }) => `${signal} ${pid}`)
  return { clock, processes, stop, said, run, sent }
}
