import { randomBytes } from 'node:crypto'
import { findCli } from '../src/install/resolve.ts'
import { archiveOf, cliScript, VERSION } from '../test/support/cli-archive.ts'
import { createCliBench, LATEST } from '../test/support/cli-bench.ts'
import { startScriptedServer } from '../test/support/scripted-server.ts'

/**
 * Milliseconds that finding the CLI takes: installed from loopback (20 MB that do not compress), from the warm tool cache
 * with a pinned version, and for `latest`. Prints JSON: `{ cold, warm, latest }`, the last two as medians.
 */
const ROUNDS = 51
const FILE = `/stable/${VERSION}/cli/linux/x86_64/warp-stable-linux-x86_64.tar.gz`
const body = await archiveOf({ oz: cliScript(), 'resources/noise': randomBytes(20_000_000) })
await using server = await startScriptedServer((base) => ({
  '/download/cli': [{ status: 302, headers: { location: base + FILE } }],
  [FILE]: [{ body, headers: { 'content-length': body.length } }],
}))
await using bench = await createCliBench()
const request = { ...LATEST, downloadUrl: server.url }

async function time(version: string): Promise<number> {
  const begun = performance.now()
  await findCli({ ...request, version }, bench.context)
  return performance.now() - begun
}

async function medianOf(version: string): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) times.push(await time(version))
  return times.sort((a, b) => a - b)[(ROUNDS - 1) / 2] ?? Number.NaN
}

const cold = await time(VERSION)
const warm = await medianOf(VERSION)
const latest = await medianOf('latest')
const rounded = Object.entries({ cold, warm, latest }).map(([name, value]) => [
  name,
  Number(value.toFixed(2)),
])
process.stdout.write(`${JSON.stringify(Object.fromEntries(rounded))}\n`)
