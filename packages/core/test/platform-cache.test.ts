import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findCli } from '../src/install/resolve.ts'
import { createFolderCache } from '../src/node/folder-cache.ts'
import { VERSION } from './support/cli-archive.ts'
import { createCliBench, LATEST } from './support/cli-bench.ts'
import { SUM, startMirror, storeOf } from './support/mirror.ts'

describe('the cache between runs', () => {
  test('brings the archive to a machine that has nothing, without a request', async () => {
    await using mirror = await startMirror()
    await using first = await createCliBench()
    const platformCache = createFolderCache(join(first.folder, 'cache'))
    const request = { ...LATEST, version: VERSION, downloadUrl: mirror.url }
    await findCli(request, { ...first.context, platformCache })
    const asked = mirror.requests.length
    await using second = await createCliBench()
    const cli = await findCli(request, { ...second.context, platformCache })
    expect(cli).toMatchObject({ version: VERSION, source: 'platform-cache', sha256: SUM })
    expect(mirror.requests).toHaveLength(asked)
    expect((await readdir(storeOf(second))).sort()).toEqual(['.archives', '.uses', `${VERSION}-linux-x86_64`])
  })

  test.each([
    {
      name: 'damaged',
      spoil: (entry: string) => writeFile(join(entry, 'cli.tar.gz'), 'x'),
      warning: /Its SHA-256 is .*, and .* was recorded/,
    },
    {
      name: 'without its record',
      spoil: (entry: string) => rm(join(entry, 'archive.json')),
      warning: /ENOENT/,
    },
  ])('is passed over when it is $name', async ({ spoil, warning }) => {
    await using mirror = await startMirror()
    await using first = await createCliBench()
    const cacheFolder = join(first.folder, 'cache')
    const platformCache = createFolderCache(cacheFolder)
    const request = { ...LATEST, downloadUrl: mirror.url }
    await findCli(request, { ...first.context, platformCache })
    await spoil(join(cacheFolder, `oz-cli-stable-${VERSION}-linux-x86_64`))
    await using second = await createCliBench()
    expect((await findCli(request, { ...second.context, platformCache })).source).toBe('download')
    expect(second.said.find((line) => line.startsWith('warning:'))).toMatch(warning)
  })

  test('that fails costs a warning, not the step', async () => {
    await using mirror = await startMirror()
    await using bench = await createCliBench()
    const refuse = () => Promise.reject(new Error('the service is down'))
    const context = { ...bench.context, platformCache: { restore: refuse, save: refuse } }
    expect((await findCli({ ...LATEST, downloadUrl: mirror.url }, context)).source).toBe('download')
    expect(bench.said.filter((line) => line.startsWith('warning:'))).toHaveLength(2)
  })
})
