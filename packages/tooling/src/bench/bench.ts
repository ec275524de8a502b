import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { root, ToolingError } from '../project.ts'

const programs = join(import.meta.dirname, 'programs')

/** The program that the runner starts. */
export const mainBundle = join(root, 'actions/run/dist/main.js')

/** What figures measure with: the built action on a cheap stand-in, and programs to compare it with. */
export class Bench {
  readonly #folder: string
  #runs = 0

  /** @param folder an empty folder for everything that the runs write */
  constructor(folder: string) {
    this.#folder = folder
  }

  /** Milliseconds that the whole step takes for an agent that prints so much. */
  async step(megabytes: number): Promise<number> {
    return (await this.#runStep(megabytes)).ms
  }

  /** Peak resident memory of the step's own process, in MB. */
  async stepPeak(megabytes: number): Promise<number> {
    const { recorded } = await this.#runStep(megabytes, 'record-peak.mjs')
    return (Number(recorded) * 1024) / 1e6
  }

  /** Milliseconds from the start of the step to the start of its agent. */
  async stepToAgent(): Promise<number> {
    const { startedAt, agentAt } = await this.#runStep(0)
    return agentAt - startedAt
  }

  /** Paths of the action's own files that a step loads whose CLI is there. */
  async loadedBundleFiles(): Promise<readonly string[]> {
    const { recorded } = await this.#runStep(0, 'record-loaded.mjs')
    const files = recorded.split('\n').flatMap((url) => (url.startsWith('file:') ? [fileURLToPath(url)] : []))
    return files.filter((file) => dirname(file) === dirname(mainBundle))
  }

  /** Milliseconds that a bare Node program takes to hand on the output of the same agent. */
  async passThrough(megabytes: number): Promise<number> {
    const oz = await this.#stub(await this.#newFolder())
    const env = { OZ_BENCH_MEGABYTES: String(megabytes) }
    return timed(() => execa(process.execPath, [join(programs, 'pass-through.mjs'), oz], { env, ...quiet }))
  }

  /** Milliseconds of `node -e 0`. */
  bareNode(): Promise<number> {
    return timed(() => execa(process.execPath, ['-e', '0'], quiet))
  }

  /** @param recorder a program of ours that is loaded first: its record is returned, and its own cost is in the times. */
  async #runStep(megabytes: number, recorder?: string) {
    const folder = await this.#newFolder()
    const oz = await this.#stub(folder)
    const recordFile = join(folder, 'record')
    const env = await stepEnvironment(folder, oz)
    const recording = recorder === undefined ? [] : ['--import', join(programs, recorder)]
    const startedAt = now()
    const run = await execa(process.execPath, [...recording, mainBundle], {
      cwd: folder,
      env: { ...env, OZ_BENCH_MEGABYTES: String(megabytes), OZ_BENCH_RECORD: recordFile },
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
      stdout: { file: join(folder, 'log') },
      stderr: 'pipe',
    })
    const ms = now() - startedAt
    if (run.exitCode !== 0) {
      const log = (await readFile(join(folder, 'log'), 'utf8')).slice(-2000)
      throw new ToolingError(`The measured step failed with ${run.exitCode}:\n${run.stderr}${log}`)
    }
    const agentAt = Number(await readFile(join(folder, 'agent-started'), 'utf8')) / 1e6
    const recorded = recorder === undefined ? '' : await readFile(recordFile, 'utf8')
    await rm(folder, { recursive: true })
    return { ms, startedAt, agentAt, recorded }
  }

  async #newFolder(): Promise<string> {
    const folder = join(this.#folder, String(++this.#runs))
    await mkdir(join(folder, 'temp'), { recursive: true })
    return folder
  }

  /** An `oz` that a shell starts at once, and that leaves word of when the agent started (nanoseconds since 1970). */
  async #stub(folder: string): Promise<string> {
    const oz = join(folder, 'oz')
    const agent = `exec '${process.execPath}' '${join(programs, 'flood.mjs')}'`
    const script = [
      '#!/bin/sh',
      'case "$1" in',
      '--version) echo v0.2026.08.19.08.14.stable_01 ;;',
      `agent) date +%s%N >'${join(folder, 'agent-started')}'`,
      // An agent that prints nothing more costs as little as can be.
      `  [ "$OZ_BENCH_MEGABYTES" = 0 ] || ${agent}`,
      `  echo '{"type":"agent","text":"Done."}' ;;`,
      'esac',
    ]
    await writeFile(oz, `${script.join('\n')}\n`)
    await chmod(oz, 0o755)
    return oz
  }
}

const quiet = { stdin: 'ignore', stdout: 'ignore' } as const

async function stepEnvironment(folder: string, oz: string): Promise<Record<string, string>> {
  const files = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'].map((name) => [
    name,
    join(folder, name),
  ])
  for (const [, file = ''] of files) await writeFile(file, '')
  return {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: folder,
    RUNNER_TEMP: join(folder, 'temp'),
    ...Object.fromEntries(files),
    INPUT_PROMPT: 'Work',
    INPUT_OZ_PATH: oz,
    INPUT_WARP_API_KEY: 'wk-bench-0123456789',
    // What the runner sets for inputs that are not given.
    INPUT_SHARE: '',
    INPUT_DEBUG: 'false',
  }
}

async function timed(work: () => PromiseLike<unknown>): Promise<number> {
  const start = now()
  await work()
  return now() - start
}

/** Milliseconds since 1970, with fractions: the clock that the stub's `date` reads too. */
function now(): number {
  return performance.timeOrigin + performance.now()
}
