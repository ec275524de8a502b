import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { execaNode } from 'execa'
import * as z from 'zod'
import { root } from '../project.ts'
import { type Bench, mainBundle } from './bench.ts'
import type { Figure, Measurement } from './report.ts'
import { medianOfTurns } from './report.ts'

/** Every figure of `npm run bench`. A figure without a limit only helps to judge the others. */
export const figures: readonly Figure[] = [
  {
    name: 'start',
    what: 'From the start of the step to the start of the agent, against `node -e 0` (the aim is 3)',
    limit: 3.5,
    unit: 'times',
    measure: (bench) => ratio(21, { step: () => bench.stepToAgent(), bare: () => bench.bareNode() }),
  },
  {
    name: 'throughput',
    what: '64 MB of events: the step against a bare Node pass-through',
    limit: 8,
    unit: 'times',
    measure: (bench) => ratio(5, { step: () => bench.step(64), bare: () => bench.passThrough(64) }),
  },
  {
    name: 'linearity',
    what: 'Time for each MB of events: 128 MB against 32 MB',
    limit: 1.3,
    unit: 'times',
    measure: linearity,
  },
  {
    name: 'memory',
    what: 'Peak memory of the step at 256 MB of events',
    limit: 150,
    unit: 'MB',
    measure: async (bench) => ({
      value: await bench.stepPeak(256),
      detail: 'resident, of the process that the runner starts',
    }),
  },
  {
    name: 'bundle',
    what: 'JavaScript of the run action that a run with a CLI at hand loads',
    limit: 1,
    unit: 'MB',
    measure: bundleSize,
  },
  {
    name: 'bundle-total',
    what: 'All JavaScript of the run action, lazily loaded chunks included',
    limit: undefined,
    unit: 'MB',
    measure: bundleTotal,
  },
  {
    name: 'warm-cache',
    what: 'Finding a pinned CLI in the warm tool cache',
    limit: 15,
    unit: 'ms',
    measure: warmCache,
  },
]

/** How many times longer the step takes than what it is compared with; both are measured in milliseconds. */
async function ratio(
  rounds: number,
  subjects: Record<'step' | 'bare', () => Promise<number>>,
): Promise<Measurement> {
  const { step, bare } = await medianOfTurns(rounds, subjects)
  return { value: step / bare, detail: `${step.toFixed(0)} ms against ${bare.toFixed(0)} ms` }
}

async function linearity(bench: Bench): Promise<Measurement> {
  const { short, long } = await medianOfTurns(3, { short: () => bench.step(32), long: () => bench.step(128) })
  const [perShort, perLong] = [short / 32, long / 128]
  const detail = `${perLong.toFixed(1)} ms/MB against ${perShort.toFixed(1)} ms/MB`
  return { value: perLong / perShort, detail }
}

/** What a run of the action compiles and keeps in memory beside the agent. */
async function bundleSize(bench: Bench): Promise<Measurement> {
  const files = await bench.loadedBundleFiles()
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size))
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  return { value: bytes / 1e6, detail: files.map((file) => basename(file)).join(', ') }
}

/** Everything that a job downloads with the action, most of it for what few runs need: GitHub's cache, HTTP, doctor. */
async function bundleTotal(): Promise<Measurement> {
  const folder = dirname(mainBundle)
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js'))
  const sizes = await Promise.all(
    names.map(async (name) => ({ name, size: (await stat(join(folder, name))).size })),
  )
  const [largest] = sizes.toSorted((a, b) => b.size - a.size)
  const bytes = sizes.reduce((sum, { size }) => sum + size, 0)
  const ofLargest = `${largest?.name} with ${Math.round((largest?.size ?? 0) / 1000)} kB`
  return { value: bytes / 1e6, detail: `${names.length} files; the largest is ${ofLargest}` }
}

const timesSchema = z.object({ cold: z.number(), warm: z.number(), latest: z.number() })

/** A CLI that is installed and pinned must cost a step next to nothing. */
async function warmCache(): Promise<Measurement> {
  const script = join(root, 'packages/core/bench/find-cli.ts')
  const { stdout } = await execaNode(script, { nodeOptions: ['--conditions=source'] })
  const { cold, warm, latest } = timesSchema.parse(JSON.parse(stdout))
  return { value: warm, detail: `median of 51; latest ${latest} ms, first install of 20 MB ${cold} ms` }
}
