import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { findCli } from '../src/install/resolve.ts'
import { request } from '../src/node/http.ts'
import { createNodeClock } from '../src/node/ports.ts'
import type { Http } from '../src/ports.ts'
import { archiveOf, releaseTree, VERSION } from './support/cli-archive.ts'
import { type CliBench, createCliBench, LATEST } from './support/cli-bench.ts'
import { startScriptedServer } from './support/scripted-server.ts'

const ENTRY = `${VERSION}-linux-x86_64`
const FILE = `/stable/${VERSION}/cli/linux/x86_64/warp-stable-linux-x86_64.tar.gz`
const body = await archiveOf({ ...releaseTree(), 'resources/noise': randomBytes(400_000) })

const startServer = () =>
  startScriptedServer((base) => ({
    '/download/cli': [{ status: 302, headers: { location: base + FILE } }],
    [FILE]: [{ body, headers: { 'content-length': body.length }, pieces: 10, pace: 8 }],
  }))

/** The archive never comes whole. */
const startStalling = () =>
  startScriptedServer((base) => ({
    '/download/cli': [{ status: 302, headers: { location: base + FILE } }],
    [FILE]: [{ body: body.subarray(0, 1000), headers: { 'content-length': body.length }, after: 'stall' }],
  }))

const install = (bench: CliBench, url: string) =>
  execa(
    process.execPath,
    [
      '--conditions=source',
      fileURLToPath(new URL('support/install-process.ts', import.meta.url)),
      bench.toolFolder,
      url,
      VERSION,
    ],
    {
      reject: false,
      stdin: 'ignore',
      env: { NODE_COMPILE_CACHE: join(tmpdir(), 'oz-agent-test-compile-cache') },
    },
  )

const folderOf = (bench: CliBench) => join(bench.toolFolder, 'oz-cli', 'stable')

/** As if a killed install had left this folder a day ago. */
async function age(folder: string): Promise<void> {
  const dayAgo = Date.now() / 1000 - 86_400
  for (const name of await readdir(folder)) await utimes(join(folder, name), dayAgo, dayAgo)
  await utimes(folder, dayAgo, dayAgo)
}

describe('several installs of one version on one folder', () => {
  test('ten processes at once make one good install, and all get a CLI that runs', {
    timeout: 120_000,
  }, async () => {
    await using server = await startServer()
    await using bench = await createCliBench()
    const runs = await Promise.all(Array.from({ length: 10 }, () => install(bench, server.url)))
    for (const { exitCode, stderr } of runs) expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 })
    const clis = runs.map(({ stdout }) => JSON.parse(stdout.split('\n')[1] ?? ''))
    // Whoever found nothing downloads, and nobody does so twice.
    const downloads = clis.filter(({ source }) => source === 'download')
    expect(downloads.length).toBeGreaterThan(0)
    expect(server.requests.filter((request) => request === `GET ${FILE}`)).toHaveLength(downloads.length)
    expect(clis.filter(({ source }) => source === 'tool-cache')).toHaveLength(10 - downloads.length)
    const paths = new Set(clis.map(({ path }) => path))
    expect(paths).toEqual(new Set([join(folderOf(bench), ENTRY, 'tree', 'oz')]))
    expect((await execa([...paths][0], ['--version'])).stdout).toBe(VERSION)
    expect((await readdir(folderOf(bench))).sort()).toEqual(['.archives', '.uses', ENTRY])
  })

  test('the next install works after a kill at a random moment, 50 times over', {
    timeout: 400_000,
  }, async () => {
    await using server = await startServer()
    await using bench = await createCliBench()
    const context = { ...bench.context, ports: { ...bench.context.ports, clock: createNodeClock() } }
    const whole = install(bench, server.url)
    await once(whole.stdout, 'data')
    const begun = performance.now()
    await whole
    const length = performance.now() - begun
    let interrupted = 0
    for (let round = 0; round < 50; round++) {
      await rm(join(folderOf(bench), ENTRY), { recursive: true, force: true })
      const victim = install(bench, server.url)
      await once(victim.stdout, 'data')
      await delay(Math.random() * length)
      victim.kill('SIGKILL')
      if ((await victim).signal === 'SIGKILL') interrupted += 1
      const cli = await findCli({ ...LATEST, version: VERSION, downloadUrl: server.url }, context)
      expect((await execa(cli.path, ['--version'])).stdout).toBe(VERSION)
      // A killed install leaves its own folder, which nobody uses and a later install removes.
      const left = await readdir(folderOf(bench))
      expect(left.filter((name) => !name.startsWith('.staging-')).sort()).toEqual([
        '.archives',
        '.uses',
        ENTRY,
      ])
      const staging = left.filter((name) => name.startsWith('.staging-'))
      expect(staging.length).toBeLessThanOrEqual(interrupted)
      if (round % 10 === 9) {
        for (const name of staging) await age(join(folderOf(bench), name))
        await rm(join(folderOf(bench), ENTRY), { recursive: true })
        await findCli({ ...LATEST, version: VERSION, downloadUrl: server.url }, context)
        expect((await readdir(folderOf(bench))).sort()).toEqual(['.archives', '.uses', ENTRY])
      }
    }
    // Most of the kills must have hit an install at work for this to prove anything.
    expect(interrupted).toBeGreaterThan(25)
  })

  test('an install that is cancelled leaves nothing, and the next one does not wait for it', {
    timeout: 60_000,
  }, async () => {
    await using server = await startStalling()
    await using good = await startServer()
    // Only the cancel may end this download.
    const http: Http = { request: (asked) => request({ ...asked, stallTimeout: 60_000 }) }
    await using bench = await createCliBench({ ports: { http } })
    const stop = new AbortController()
    const wanted = { ...LATEST, version: VERSION, downloadUrl: server.url }
    const cancelled = findCli(wanted, { ...bench.context, signal: stop.signal }).catch((error) => error)
    await expect.poll(() => server.requests).toContain(`GET ${FILE}`)
    stop.abort()
    expect(await cancelled).toMatchObject({ code: 'cancelled' })
    expect(await readdir(folderOf(bench))).toEqual([])
    await findCli({ ...wanted, downloadUrl: good.url }, bench.context)
    expect((await readdir(folderOf(bench))).sort()).toEqual(['.archives', '.uses', ENTRY])
    expect(bench.waits).toEqual([])
  })
})
