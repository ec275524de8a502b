import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { execa, type ResultPromise } from 'execa'
import { createOz, type OzInstall, type OzPlan } from '../install/create-oz.ts'
import type { RecordedCall } from '../record/calls.ts'
import { readCalls } from '../record/calls.ts'

export const KEY = 'wk-Abc/123+def==ä'

export interface Ended {
  readonly exitCode: number | undefined
  readonly signal: string | undefined
  readonly stdout: Buffer
  readonly stderr: string
  /** Each line of stdout, parsed. */
  readonly events: readonly Record<string, unknown>[]
}

const OPTIONS = {
  encoding: 'buffer',
  reject: false,
  stdin: 'ignore',
  extendEnv: false,
  stripFinalNewline: false,
  maxBuffer: 2 ** 30,
} as const
type OzOptions = typeof OPTIONS & { readonly cwd: string; readonly env: Readonly<Record<string, string>> }
export type OzProcess = ResultPromise<OzOptions>

/** A stand-in in a folder of its own, with a working folder, started as a real process. */
export class OzFixture {
  readonly oz: OzInstall
  readonly work: string

  private constructor(oz: OzInstall, work: string) {
    this.oz = oz
    this.work = work
  }

  static async create(script?: OzPlan['script'], plan: Partial<OzPlan> = {}): Promise<OzFixture> {
    const dir = mkdtempSync(join(tmpdir(), 'oz-sim-test-'))
    const work = mkdtempSync(join(tmpdir(), 'oz-sim-work-'))
    const oz = await createOz({ dir, from: 'source', ...(script === undefined ? {} : { script }), ...plan })
    return new OzFixture(oz, work)
  }

  start(args: readonly string[], env: Readonly<Record<string, string>> = {}): OzProcess {
    const base = { PATH: '/usr/bin:/bin', HOME: this.oz.dir, WARP_API_KEY: KEY }
    const options: OzOptions = { ...OPTIONS, cwd: this.work, env: { ...base, ...env } }
    return execa(this.oz.path, args, options)
  }

  async run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return ended(await this.start(args, env))
  }

  /** `agent run` with JSON output and the given prompt. */
  agent(prompt = 'do it', ...more: readonly string[]): Promise<Ended> {
    return this.run(['agent', 'run', `--prompt=${prompt}`, '--output-format=json', ...more])
  }

  calls(): readonly RecordedCall[] {
    return readCalls(this.oz.record)
  }

  file(name: string): string {
    return readFileSync(join(this.work, name), 'utf8')
  }

  touch(name: string): Promise<void> {
    return writeFile(join(this.work, name), '')
  }

  /** Resolves when the file is there and has a whole line. */
  async appears(name: string): Promise<void> {
    const path = join(this.work, name)
    while (!(existsSync(path) && readFileSync(path, 'utf8').endsWith('\n'))) await setTimeout(5)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const folder of [this.oz.dir, this.work]) await rm(folder, { recursive: true, force: true })
  }
}

export function ended(result: Awaited<OzProcess>): Ended {
  const stdout = Buffer.from(result.stdout)
  const parsed = stdout
    .toString('utf8')
    .split('\n')
    .flatMap((line) => (line.startsWith('{') ? [parsedLine(line)] : []))
  return {
    exitCode: result.exitCode,
    signal: result.signal,
    stdout,
    stderr: Buffer.from(result.stderr).toString('utf8'),
    events: parsed.filter((event) => event !== undefined),
  }
}

function parsedLine(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** Resolves once the process has written `text` to stdout. */
export function wrote(process: OzProcess, text: string): Promise<void> {
  return new Promise((resolve) => {
    let seen = ''
    process.stdout.on('data', (chunk: Buffer) => {
      seen += chunk.toString('latin1')
      if (seen.includes(text)) resolve()
    })
  })
}

/** Whether a process with this id lives; one that only waits for its parent to collect it does not. */
export function alive(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] !== 'Z'
  } catch {
    return false
  }
}
