import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RunnerError } from '../src/errors.ts'
import { fetchArchive } from '../src/install/download.ts'
import { findCli } from '../src/install/resolve.ts'
import { ARCHIVE_FAULTS } from './support/archive-faults.ts'
import { VERSION } from './support/cli-archive.ts'
import { type CliBench, createCliBench, LATEST } from './support/cli-bench.ts'
import { ASK, archive, asking, FILE, good, redirect, serving } from './support/fault.ts'
import { type Script, startScriptedServer } from './support/scripted-server.ts'
import { SERVICE_FAULTS } from './support/service-faults.ts'

describe('a download that fails', () => {
  test.each([...SERVICE_FAULTS, ...ARCHIVE_FAULTS])(
    '$name',
    async ({ script, request, code, message, remedy, requests, stallTimeout }) => {
      await using server = await startScriptedServer(script)
      await using bench = await createCliBench(stallTimeout === undefined ? {} : { stallTimeout })
      const error = await findCli({ ...LATEST, downloadUrl: server.url, ...request }, bench.context).then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      if (!(error instanceof RunnerError)) throw error ?? new Error('nothing failed')
      const shown = error.message
        .replaceAll(server.url, 'SERVER')
        .replaceAll(server.url.slice('http://'.length), 'HOST')
        .replace(/\((?:invalid|incorrect)[^)]*\)/, '(REASON)')
        .replace(/got [0-9a-f]{64}/, 'got SUM')
      expect({ code: error.code, message: shown }).toEqual({ code, message })
      expect(error.remedy).toMatch(remedy)
      expect(server.requests).toHaveLength(requests)
      expect(await leftIn(bench)).toEqual([])
    },
  )
})

interface Pass {
  readonly name: string
  readonly script: Script
  readonly waits: (waits: readonly number[]) => void
  /** As of a `Fault`. */
  readonly stallTimeout?: number
}

const PASSES: readonly Pass[] = [
  {
    name: 'a slow but steady body that takes many times the stall limit',
    // Ten pieces would have to keep close to the limit: a busy machine is late by more than that.
    script: serving({ ...good, pieces: 50, pace: 75 }),
    stallTimeout: 1_000,
    waits: (waits) => expect(waits).toEqual([]),
  },
  {
    name: '503 twice, then good',
    script: serving({ status: 503 }, { status: 503 }, good),
    waits: ([first, second]) => {
      expect(first).toSatisfy((ms: number) => ms >= 500 && ms <= 1000)
      expect(second).toSatisfy((ms: number) => ms >= 1000 && ms <= 2000)
    },
  },
  {
    name: '429 with Retry-After, then good',
    script: asking({ status: 429, headers: { 'retry-after': 7 } }),
    waits: (waits) => expect(waits).toEqual([7000]),
  },
  {
    name: 'reset in the middle of the body, then good',
    script: serving(
      { body: archive.subarray(0, 30_000), headers: { 'content-length': archive.length }, after: 'reset' },
      good,
    ),
    waits: (waits) => expect(waits).toHaveLength(1),
  },
  {
    name: 'stall in the middle of the body, then good',
    script: serving(
      { body: archive.subarray(0, 30_000), headers: { 'content-length': archive.length }, after: 'stall' },
      good,
    ),
    stallTimeout: 300,
    waits: (waits) => expect(waits).toHaveLength(1),
  },
  {
    name: 'no announced length (chunked)',
    script: serving({ body: archive }),
    waits: (waits) => expect(waits).toEqual([]),
  },
  {
    name: 'an archive address that redirects on',
    script: (base) => ({
      [ASK]: [redirect(base)],
      [FILE]: [{ status: 307, headers: { location: '/storage/1234?signature=x' } }],
      '/storage/1234': [good],
    }),
    waits: (waits) => expect(waits).toEqual([]),
  },
]

describe('a download that passes', () => {
  test.each(PASSES)('$name', async ({ script, waits, stallTimeout }) => {
    await using server = await startScriptedServer(script)
    await using bench = await createCliBench(stallTimeout === undefined ? {} : { stallTimeout })
    const cli = await findCli({ ...LATEST, downloadUrl: server.url }, bench.context)
    expect(cli).toMatchObject({ version: VERSION, source: 'download' })
    waits(bench.waits)
  })
})

describe('a download that never ends', () => {
  test('is stopped at the limit, once, and leaves nothing', async () => {
    await using server = await startScriptedServer(() => ({ [FILE]: [{ body: archive }] }))
    await using bench = await createCliBench()
    const file = join(bench.folder, 'archive')
    const target = { os: 'linux', arch: 'x86_64' } as const
    const source = { request: LATEST, context: bench.context, target }
    const release = { url: server.url + FILE, version: VERSION, missing: [] }
    await expect(fetchArchive(release, file, source, 50_000)).rejects.toMatchObject({
      code: 'unavailable',
      message: `${server.url}${FILE} sends more than 1 MB, which is no archive of the CLI. The download was stopped.`,
    })
    expect(server.requests).toEqual([`GET ${FILE}`])
    expect(await readdir(bench.folder)).toEqual([])
    expect(await fetchArchive(release, file, source, archive.length)).toMatch(/^[0-9a-f]{64}$/)
  })
})

/** What an install left behind that is no installed version. */
async function leftIn({ toolFolder }: CliBench): Promise<string[]> {
  return readdir(join(toolFolder, 'oz-cli', 'stable')).catch(() => [])
}
