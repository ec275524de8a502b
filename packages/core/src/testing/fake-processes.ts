import type {
  Command,
  CompletedProcess,
  ExitStatus,
  Processes,
  ProcessRow,
  RunningProcess,
} from '../ports.ts'

/** A pipe whose other end the test holds. */
export class FakePipe implements AsyncIterable<Uint8Array> {
  readonly #chunks: Uint8Array[] = []
  #ended = false
  #wake: (() => void) | undefined

  write(text: string | Uint8Array): void {
    this.#chunks.push(typeof text === 'string' ? new TextEncoder().encode(text) : text)
    this.#wake?.()
  }

  end(): void {
    this.#ended = true
    this.#wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    while (true) {
      const chunk = this.#chunks.shift()
      if (chunk !== undefined) yield chunk
      else if (this.#ended) return
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
      }
    }
  }
}

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

/** What a process makes of SIGTERM, and whether SIGKILL works. */
export type Nature = 'obedient' | 'deaf' | 'unkillable'

export interface FakeRow extends ProcessRow {
  readonly nature?: Nature
  /** `NAME=value` entries that `withVariable` finds. */
  readonly variables?: readonly string[]
}

type SentSignal = { readonly pid: number; readonly signal: NodeJS.Signals | 0 }

/** A machine's processes as a table; started processes wait for what the test makes them do. */
export class FakeProcesses implements Processes {
  readonly table = new Map<number, FakeRow>()
  readonly started: { readonly command: Command; readonly process: FakeProcess }[] = []
  readonly ran: Command[] = []
  readonly signals: SentSignal[] = []
  /** Names of the variables that were hidden from other processes. */
  readonly hidden: string[] = []
  /** Of the processes that are started from now on. */
  nature: Nature = 'obedient'
  /** The status that an obedient process ends with on SIGTERM. */
  statusOnSigterm = 0
  /** What `run` answers. */
  answer: (command: Command) => CompletedProcess | Promise<CompletedProcess> = () => completed()
  /** Called before `start` resolves. */
  starting: (command: Command) => Promise<void> | void = () => {}
  #nextPid = 5000

  get last(): FakeProcess {
    const process = this.started.at(-1)?.process
    if (process === undefined) throw new Error('no process was started')
    return process
  }

  async start(command: Command): Promise<FakeProcess> {
    await this.starting(command)
    const process = new FakeProcess(this.#nextPid++)
    const { pid } = process
    this.started.push({ command, process })
    const variables = Object.entries(command.env).map(([name, value]) => `${name}=${value}`)
    this.table.set(pid, { pid, parent: 100, group: pid, nature: this.nature, variables })
    void process.exited.then(() => this.table.delete(pid))
    return process
  }

  async run(command: Command): Promise<CompletedProcess> {
    this.ran.push(command)
    return this.answer(command)
  }

  async list(): Promise<ProcessRow[]> {
    return [...this.table.values()].map(({ pid, parent, group }) => ({ pid, parent, group }))
  }

  async startTime(pid: number): Promise<string | undefined> {
    return this.table.has(pid) ? `start of ${pid}` : undefined
  }

  async withVariable(name: string, value: string): Promise<number[]> {
    const rows = [...this.table.values()]
    return rows.filter(({ variables }) => variables?.includes(`${name}=${value}`)).map(({ pid }) => pid)
  }

  signal(pid: number, signal: NodeJS.Signals | 0): boolean {
    this.signals.push({ pid, signal })
    const rows = [...this.table.values()].filter((row) => row.pid === pid || row.group === -pid)
    for (const row of rows) this.#deliver(row, signal)
    return rows.length > 0
  }

  hideOwnVariables(names: readonly string[]): void {
    this.hidden.push(...names)
  }

  #deliver({ pid, nature = 'obedient' }: FakeRow, signal: NodeJS.Signals | 0): void {
    const process = this.started.find((entry) => entry.process.pid === pid)?.process
    if (signal === 'SIGKILL' && nature !== 'unkillable') {
      this.table.delete(pid)
      process?.exit({ kind: 'signal', signal })
    } else if (signal === 'SIGTERM' && nature === 'obedient') {
      this.table.delete(pid)
      process?.exit(this.statusOnSigterm)
    }
  }
}

/** A command that ended; by default with 0 and without a word. */
export function completed(parts: Partial<CompletedProcess> = {}): CompletedProcess {
  return { exit: { kind: 'code', code: 0 }, stdout: '', stderr: '', timedOut: false, ...parts }
}
