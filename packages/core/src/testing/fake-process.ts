import type { ExitStatus, RunningProcess } from '../ports.ts'
import { FakePipe } from './fake-pipe.ts'

/** A started process that does what the test says. */
export class FakeProcess implements RunningProcess {
  readonly pid: number
  readonly stdout = new FakePipe()
  readonly stderr = new FakePipe()
  readonly exited: Promise<ExitStatus>
  released = false
  #exit: (status: ExitStatus) => void = () => {}

  constructor(pid: number) {
    this.pid = pid
    this.exited = new Promise((resolve) => {
      this.#exit = resolve
    })
  }

  /** Ends the process itself; its pipes stay open if a child holds them. */
  exit(status: ExitStatus | number, pipes: 'closed' | 'held' = 'closed'): void {
    this.#exit(typeof status === 'number' ? { kind: 'code', code: status } : status)
    if (pipes === 'closed') this.#close()
  }

  release(): void {
    this.released = true
    this.#close()
  }

  #close(): void {
    this.stdout.end()
    this.stderr.end()
  }
}
