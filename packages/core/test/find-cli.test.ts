import { describe, expect, test } from 'vitest'
import { findCli } from '../src/cli/find-cli.ts'
import { archiveOf, releaseTree, VERSION } from './support/cli-archive.ts'
import { createCliBench, LATEST } from './support/cli-bench.ts'
import { startScriptedServer } from './support/scripted-server.ts'

const FILE = `/stable/${VERSION}/cli/linux/x86_64/warp-stable-linux-x86_64.tar.gz`

describe('installing from the download service', () => {
  test('downloads once, then needs one request for latest and none for the pinned version', async () => {
    const body = await archiveOf(releaseTree())
    await using server = await startScriptedServer((base) => ({
      '/download/cli': [{ status: 302, headers: { location: `${base}${FILE}` } }],
      [FILE]: [{ body }],
    }))
    await using bench = await createCliBench()
    const request = { ...LATEST, downloadUrl: server.url }
    const first = await findCli(request, bench.context)
    expect(first).toMatchObject({ version: VERSION, source: 'download' })
    expect(server.requests).toHaveLength(2)
    const second = await findCli(request, bench.context)
    expect(second).toEqual({ ...first, source: 'tool-cache' })
    expect(server.requests).toHaveLength(3)
    const third = await findCli({ ...request, version: VERSION }, bench.context)
    expect(third).toEqual(second)
    expect(server.requests).toHaveLength(3)
  })
})
