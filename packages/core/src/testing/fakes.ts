import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AppendFile, Clock, Machine, StopSignal, StopSignals, TextSink } from '../ports.ts'

interface Timer {
  readonly at: number
  readonly fire: () => void
}

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  #elapsed = 0
  readonly #started: number
  readonly #timers = new Set<Timer>()

  /** @param started what `now()` says before the clock is moved, in ms since 1970. */
  constructor(started = Date.UTC(2026, 0, 1)) {
    this.#started = started
  }

  now(): number {
    return this.#started + this.#elapsed
  }

  elapsed(): number {
    return this.#elapsed
  }

  /** How many timers wait; a finished piece of work should leave none. */
  get waiting(): number {
    return this.#timers.size
  }

  after(milliseconds: number, callback: () => void): () => void {
    const timer: Timer = { at: this.#elapsed + milliseconds, fire: callback }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const wake = (): void => {
        cancel()
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      const cancel = this.after(milliseconds, wake)
      signal?.addEventListener('abort', wake)
    })
  }

  /** Moves the time on; each timer fires at its own moment, and what follows from it happens before the next. */
  async advance(milliseconds: number): Promise<void> {
    const until = this.#elapsed + milliseconds
    await settle()
    for (let timer = this.#next(until); timer !== undefined; timer = this.#next(until)) {
      this.#timers.delete(timer)
      this.#elapsed = Math.max(this.#elapsed, timer.at)
      timer.fire()
      await settle()
    }
    this.#elapsed = until
    await settle()
  }

  #next(until: number): Timer | undefined {
    const due = [...this.#timers].filter(({ at }) => at <= until)
    return due.sort((a, b) => a.at - b.at)[0]
  }
}

/** Lets every promise that can go on do so. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** A CI that ends the job when the test says so. */
export class FakeStopSignals implements StopSignals {
  readonly #received: StopSignal[] = []
  readonly #listeners = new Set<(signal: StopSignal) => void>()

  /** How many listen; after a step nobody should. */
  get listening(): number {
    return this.#listeners.size
  }

  send(signal: StopSignal): void {
    this.#received.push(signal)
    for (const listener of [...this.#listeners]) listener(signal)
  }

  listen(callback: (signal: StopSignal) => void): () => void {
    const listener = (signal: StopSignal): void => callback(signal)
    for (const signal of this.#received) listener(signal)
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}

/** A Linux machine that is no real one. */
export function fakeMachine(parts: Partial<Machine> = {}): Machine {
  return {
    pid: 100,
    platform: 'linux',
    arch: 'x64',
    home: '/home/user',
    temp: '/tmp',
    cwd: '/home/user/project',
    nodeVersion: '24.0.0',
    ...parts,
  }
}

/** A file that is appended to in memory, and what it holds. */
export class MemoryFile implements AppendFile {
  readonly #pieces: Buffer[] = []
  closed = false

  write(bytes: Uint8Array | string): void {
    if (this.closed) throw new Error('the file was closed before')
    this.#pieces.push(Buffer.from(bytes as Uint8Array))
  }

  close(): void {
    this.closed = true
  }

  get text(): string {
    return Buffer.concat(this.#pieces).toString()
  }

  /** How often it was written to. */
  get writes(): number {
    return this.#pieces.length
  }
}

/** Keeps what was written to it. */
export class RecordingSink implements TextSink {
  #text = ''

  get text(): string {
    return this.#text
  }

  write(text: string): void {
    this.#text += text
  }
}

/** A new folder for one test; `await using` removes it at the end. */
export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'oz-agent-test-'))
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  }
}
