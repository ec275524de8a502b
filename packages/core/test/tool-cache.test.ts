import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findCli } from '../src/install/resolve.ts'
import { VERSION } from './support/cli-archive.ts'
import { createCliBench, LATEST } from './support/cli-bench.ts'
import { failureOf, SUM, startMirror, storeOf } from './support/mirror.ts'

describe('the tool cache', () => {
  test('makes one request for latest, and none for a pinned version or sum', async () => {
    await using mirror = await startMirror()
    await using bench = await createCliBench()
    const request = { ...LATEST, downloadUrl: mirror.url }
    const installed = await findCli(request, bench.context)
    expect(installed).toMatchObject({ version: VERSION, source: 'download', sha256: SUM })
    expect(mirror.requests).toHaveLength(2)
    const cached = { ...installed, source: 'tool-cache' }
    expect(await findCli(request, bench.context)).toEqual(cached)
    expect(mirror.requests).toHaveLength(3)
    expect(await findCli({ ...request, version: VERSION }, bench.context)).toEqual(cached)
    // With a sum the same CLI comes out of the kept archive, where only this step can reach it.
    const pinned = await findCli({ ...request, sha256: SUM }, bench.context)
    expect(pinned).toEqual({ ...cached, path: expect.not.stringContaining(bench.toolFolder) })
    expect(mirror.requests).toHaveLength(3)
  })

  test('starts nothing when nothing changed, and verifies the CLI anew when it did', async () => {
    await using mirror = await startMirror()
    await using bench = await createCliBench()
    const request = { ...LATEST, version: VERSION, downloadUrl: mirror.url }
    const { path } = await findCli(request, bench.context)
    const started: string[] = []
    const { processes } = bench.context.ports
    const context = {
      ...bench.context,
      ports: {
        ...bench.context.ports,
        processes: {
          ...processes,
          run: ((command, limits) => {
            started.push(command.file)
            return processes.run(command, limits)
          }) satisfies typeof processes.run,
        },
      },
    }
    await findCli(request, context)
    expect(started).toEqual([])
    await utimes(path, 1, 1)
    expect((await findCli(request, context)).source).toBe('tool-cache')
    expect(started).toEqual([path])
    await findCli(request, context)
    expect(started).toEqual([path])
    await writeFile(path, '')
    expect((await findCli(request, context)).source).toBe('download')
  })

  test('serves the newest installed version, with a warning, when the network fails', async () => {
    const mirror = await startMirror()
    await using bench = await createCliBench()
    const request = { ...LATEST, downloadUrl: mirror.url }
    await findCli(request, bench.context)
    const newer = 'v0.2026.09.01.08.14.stable_00'
    await mirror.release(newer)
    await findCli(request, bench.context)
    await mirror[Symbol.asyncDispose]()
    expect(await findCli(request, bench.context)).toMatchObject({ version: newer, source: 'tool-cache' })
    expect(bench.said.find((line) => line.startsWith('warning:'))).toMatch(
      /could not be asked for, so the newest installed one is used: v0\.2026\.09.* takes no connection \(ECONNREFUSED\)\.$/,
    )
  })

  test('does not hide a mirror that is misconfigured behind an old version', async () => {
    await using mirror = await startMirror()
    await using bench = await createCliBench()
    const request = { ...LATEST, downloadUrl: mirror.url }
    await findCli(request, bench.context)
    mirror.state.ask = { status: 403 }
    expect((await failureOf(findCli(request, bench.context))).message).toMatch(/answered 403\.$/)
  })

  test('keeps the newest three, and the one in use however old it is', async () => {
    await using mirror = await startMirror('v0.2026.01.01.00.00.stable_00')
    await using bench = await createCliBench()
    const request = { ...LATEST, downloadUrl: mirror.url }
    const versions = [1, 2, 3, 4, 5, 6].map((day) => `v0.2026.01.0${day}.00.00.stable_00`)
    for (const version of versions) {
      await mirror.release(version)
      await findCli(request, bench.context)
      // As if every version but the second had been used for the last time eight days ago.
      const past = Date.now() / 1000 - 8 * 86_400
      for (const mark of await readdir(join(storeOf(bench), '.uses'))) {
        if (!mark.includes('.01.02.')) await utimes(join(storeOf(bench), '.uses', mark), past, past)
      }
    }
    const left = (await readdir(storeOf(bench))).filter((name) => name.startsWith('v')).sort()
    expect(left).toEqual([1, 3, 4, 5].map((index) => `${versions[index]}-linux-x86_64`))
    const archives = await readdir(join(storeOf(bench), '.archives'))
    expect(archives).toHaveLength(3)
    expect((await readdir(join(storeOf(bench), '.uses'))).sort()).toEqual([...archives, ...left].sort())
  })

  test("removes what killed installs left, once it is certainly nobody's", async () => {
    await using mirror = await startMirror()
    await using bench = await createCliBench()
    const folderOf = (name: string) => join(storeOf(bench), `.staging-${name}`)
    const [old, fresh, busy] = [folderOf('old'), folderOf('fresh'), folderOf('busy')]
    for (const folder of [old, fresh, busy]) await mkdir(folder, { recursive: true })
    // A long download changes only the archive.
    await writeFile(join(busy, 'archive'), 'x')
    await utimes(old, 1, 1)
    await utimes(busy, 1, 1)
    await findCli({ ...LATEST, downloadUrl: mirror.url }, bench.context)
    expect((await readdir(storeOf(bench))).sort()).toEqual([
      '.archives',
      '.staging-busy',
      '.staging-fresh',
      '.uses',
      `${VERSION}-linux-x86_64`,
    ])
  })
})
