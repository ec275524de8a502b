import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmod,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { findCli } from '../src/install/resolve.ts'
import { createFolderCache } from '../src/node/folder-cache.ts'
import { archiveOf, VERSION } from './support/cli-archive.ts'
import { type CliBench, createCliBench, LATEST } from './support/cli-bench.ts'
import { body, failureOf, SUM, startMirror, storeOf } from './support/mirror.ts'

const EVIL = 'EVIL'
/** Answers `--version` like the CLI, and does as it likes with everything else. */
const evilScript = `#!/bin/sh\n[ "$1" = --version ] && echo "${VERSION}" || echo ${EVIL}\n`
const evilArchive = await archiveOf({ oz: evilScript })

const entryOf = (bench: CliBench) => join(storeOf(bench), `${VERSION}-linux-x86_64`)
const keptOf = (bench: CliBench) => join(storeOf(bench), '.archives', `${SUM}.tar.gz`)
const warningsOf = ({ said }: CliBench) => said.filter((line) => line.startsWith('warning:'))
/** What the found CLI does when it is started as an agent. */
const runOf = async ({ path }: { path: string }) => (await execa(path, ['agent'], { reject: false })).stdout

/** Two jobs on one machine: the first has installed the CLI, and each has a private folder of its own. */
async function twoJobs() {
  const mirror = await startMirror()
  const bench = await createCliBench()
  const request = { ...LATEST, version: VERSION, downloadUrl: mirror.url }
  const job = (name: string) => ({ ...bench.context, privateFolder: join(bench.folder, `private-${name}`) })
  return {
    mirror,
    bench,
    request,
    pinned: { ...request, sha256: SUM },
    first: job('first'),
    next: job('next'),
    async [Symbol.asyncDispose]() {
      await mirror[Symbol.asyncDispose]()
      await bench[Symbol.asyncDispose]()
    },
  }
}

/** Another program of the same size and time of change, padded with comments. */
async function swapProgram(path: string): Promise<void> {
  const { size, atime, mtime } = await stat(path)
  const short = `#!/bin/sh\n[ "$1" = --version ]||echo ${EVIL}\n`
  const padded = short + ' '.repeat(Math.max(0, size - short.length))
  await writeFile(path, padded)
  await utimes(path, atime, mtime)
  expect((await stat(path)).size).toBe(size)
}

describe('with oz_sha256', () => {
  test('a program that was changed to one of the same size and time does not run in the next job', async () => {
    await using jobs = await twoJobs()
    await findCli(jobs.request, jobs.first)
    await swapProgram(join(entryOf(jobs.bench), 'tree', 'oz'))
    const cli = await findCli(jobs.pinned, jobs.next)
    expect(await runOf(cli)).not.toContain(EVIL)
    expect(cli).toMatchObject({ source: 'tool-cache', sha256: SUM })
    // The same attack succeeds without the sum: what a shared machine means.
    expect(await runOf(await findCli(jobs.request, jobs.next))).toContain(EVIL)
  })

  test.each([
    {
      name: 'another archive',
      plant: (kept: string) => writeFile(kept, evilArchive),
      problem: /Its SHA-256 is [0-9a-f]{64}, not [0-9a-f]{64}\./,
    },
    {
      name: 'a link to the right archive, which may change later',
      plant: async (kept: string) => {
        await rename(kept, `${kept}.real`)
        await symlink(`${kept}.real`, kept)
      },
      problem: /It is a link\./,
    },
    {
      name: 'a pipe, which would keep the step for ever',
      plant: async (kept: string) => {
        await rm(kept)
        execFileSync('mkfifo', [kept])
      },
      problem: /It is no plain file\./,
    },
    {
      name: 'a folder',
      plant: async (kept: string) => {
        await rm(kept)
        await mkdir(kept)
      },
      problem: /It is no plain file\./,
    },
    {
      name: 'more bytes than any release has',
      plant: (kept: string) => execFileSync('truncate', ['-s', '1T', kept]),
      problem: /It holds more than 1000 MB/,
    },
  ])('$name in the place of the kept archive is told, and fetched anew', async ({ plant, problem }) => {
    await using jobs = await twoJobs()
    await findCli(jobs.request, jobs.first)
    await plant(keptOf(jobs.bench))
    const cli = await findCli(jobs.pinned, jobs.next)
    expect(await runOf(cli)).not.toContain(EVIL)
    expect(cli.source).toBe('download')
    expect(warningsOf(jobs.bench)).toEqual([expect.stringMatching(problem)])
    expect(warningsOf(jobs.bench)[0]).toMatch(
      /^warning: The tool cache was changed: .* Find out who can write to/,
    )
    expect(await readFile(keptOf(jobs.bench))).toEqual(body)
    expect((await findCli(jobs.pinned, jobs.next)).source).toBe('tool-cache')
  })

  test('an entry whose record claims the sum is not believed', async () => {
    await using jobs = await twoJobs()
    const request = { ...jobs.request, version: VERSION }
    await findCli(request, jobs.first)
    await rm(join(storeOf(jobs.bench), '.archives'), { recursive: true })
    await writeFile(join(entryOf(jobs.bench), 'tree', 'oz'), evilScript)
    const cli = await findCli(jobs.pinned, jobs.next)
    expect(cli.source).toBe('download')
    expect(await runOf(cli)).not.toContain(EVIL)
  })

  test('whatever changes in the tool folder after the search is not what runs', async () => {
    await using jobs = await twoJobs()
    for (const job of [jobs.first, jobs.next]) {
      const cli = await findCli(jobs.pinned, job)
      await rm(jobs.bench.toolFolder, { recursive: true })
      expect(cli.path.startsWith(`${job.privateFolder}/cli-`)).toBe(true)
      expect(await runOf(cli)).toBe('')
    }
  })

  test('a poisoned cache between jobs is passed over, whatever it says of itself', async () => {
    await using jobs = await twoJobs()
    const cacheFolder = join(jobs.bench.folder, 'cache')
    const platformCache = createFolderCache(cacheFolder)
    await findCli(jobs.pinned, { ...jobs.first, platformCache })
    const [key = ''] = await readdir(cacheFolder)
    await writeFile(join(cacheFolder, key, 'cli.tar.gz'), evilArchive)
    const sum = createHash('sha256').update(evilArchive).digest('hex')
    await writeFile(join(cacheFolder, key, 'archive.json'), JSON.stringify({ sha256: sum }))
    await rm(jobs.bench.toolFolder, { recursive: true })
    const cli = await findCli(jobs.pinned, { ...jobs.next, platformCache })
    expect(cli.source).toBe('download')
    expect(await runOf(cli)).not.toContain(EVIL)
  })

  test('what runs lies in a folder of the step alone, under a name that nobody can foresee', async () => {
    await using jobs = await twoJobs()
    const paths = []
    for (const source of ['download', 'tool-cache', 'tool-cache']) {
      const cli = await findCli(jobs.pinned, jobs.next)
      expect(cli.source).toBe(source)
      expect(await readdir(join(cli.path, '..', '..'))).toEqual(['tree'])
      paths.push(cli.path)
    }
    expect(new Set(paths).size).toBe(3)
    for (const folder of [jobs.next.privateFolder, join(paths[0] ?? '', '..', '..')]) {
      expect((await stat(folder)).mode & 0o777).toBe(0o700)
    }
  })

  test('a private folder that others may write to is refused', async () => {
    await using jobs = await twoJobs()
    await mkdir(jobs.next.privateFolder)
    await chmod(jobs.next.privateFolder, 0o777)
    const error = await failureOf(findCli(jobs.pinned, jobs.next))
    expect(error).toMatchObject({ code: 'unavailable', message: expect.stringMatching(/no private folder/) })
    expect(await readdir(jobs.next.privateFolder)).toEqual([])
  })

  test('a failed search leaves nothing in the private folder', async () => {
    await using jobs = await twoJobs()
    await findCli(jobs.request, jobs.first)
    await writeFile(keptOf(jobs.bench), evilArchive)
    await jobs.mirror[Symbol.asyncDispose]()
    await failureOf(findCli(jobs.pinned, jobs.next))
    expect(await readdir(jobs.next.privateFolder)).toEqual([])
  })

  test('of many pinned archives, those used last stay', async () => {
    await using jobs = await twoJobs()
    const folder = join(storeOf(jobs.bench), '.archives')
    await findCli(jobs.pinned, jobs.first)
    for (const day of [1, 2, 3, 4]) {
      await jobs.mirror.release(`v0.2026.01.0${day}.00.00.stable_00`)
      const past = Date.now() / 1000 - 60
      for (const mark of await readdir(join(storeOf(jobs.bench), '.uses'))) {
        await utimes(join(storeOf(jobs.bench), '.uses', mark), past, past)
      }
      await findCli(jobs.pinned, jobs.first)
      await findCli({ ...LATEST, downloadUrl: jobs.mirror.url }, jobs.first)
      const left = await readdir(folder)
      expect(left).toHaveLength(Math.min(day + 1, 3))
      expect(left).toContain(`${SUM}.tar.gz`)
    }
  })
})

describe('without oz_sha256', () => {
  test.each([
    {
      name: "a link to somebody's folder",
      plant: async (entry: string, bench: CliBench) => {
        await rename(entry, join(bench.folder, 'planted'))
        await symlink(join(bench.folder, 'planted'), entry)
      },
      why: /is a link/,
    },
    {
      name: 'open to all',
      plant: (entry: string) => chmod(entry, 0o777),
      why: /may be written to by other users/,
    },
    {
      name: 'open to a group',
      plant: (entry: string) => chmod(entry, 0o775),
      why: /may be written to by other users/,
    },
    {
      name: 'one whose record is open to all',
      plant: (entry: string) => chmod(join(entry, 'install.json'), 0o666),
      why: /may be written to by other users/,
    },
  ])('an entry that is $name is not used but replaced, and told', async ({ plant, why }) => {
    await using jobs = await twoJobs()
    await findCli(jobs.request, jobs.first)
    await plant(entryOf(jobs.bench), jobs.bench)
    expect((await findCli(jobs.request, jobs.next)).source).toBe('download')
    expect(warningsOf(jobs.bench)).toEqual([expect.stringMatching(why)])
    expect((await findCli(jobs.request, jobs.next)).source).toBe('tool-cache')
  })

  test('a program that is open to all is replaced', async () => {
    await using jobs = await twoJobs()
    const { path } = await findCli(jobs.request, jobs.first)
    await chmod(path, 0o777)
    expect((await findCli(jobs.request, jobs.next)).source).toBe('download')
    expect((await stat(path)).mode & 0o022).toBe(0)
  })

  test.each([
    { name: 'the folder of all channels', folder: (bench: CliBench) => join(storeOf(bench), '..') },
    { name: 'the folder of the channel', folder: storeOf },
    { name: 'the tool folder', folder: ({ toolFolder }: CliBench) => toolFolder },
  ])('$name is not used while it is open to all', async ({ folder }) => {
    await using jobs = await twoJobs()
    const { path } = await findCli(jobs.request, jobs.first)
    await chmod(folder(jobs.bench), 0o777)
    const cli = await findCli(jobs.request, jobs.next)
    expect(cli.source).toBe('download')
    expect(cli.path).not.toBe(path)
    expect(cli.path.startsWith(join(jobs.next.privateFolder, 'oz-cli-'))).toBe(true)
    expect(warningsOf(jobs.bench)).toEqual([
      expect.stringMatching(/^warning: The tool folder is not used, because/),
    ])
  })

  test('nothing that is installed may be written to by others, whatever the umask', async () => {
    await using jobs = await twoJobs()
    const before = process.umask(0)
    try {
      await findCli(jobs.request, jobs.first)
    } finally {
      process.umask(before)
    }
    const { toolFolder } = jobs.bench
    const paths = (await readdir(toolFolder, { recursive: true })).filter((path) => !path.includes('.uses'))
    expect(paths.length).toBeGreaterThan(6)
    for (const path of ['', ...paths]) {
      expect([path, (await stat(join(toolFolder, path))).mode & 0o022]).toEqual([path, 0])
    }
  })
})

describe('a CLI that came from a cache between jobs', () => {
  test.each([
    { name: 'is warned of', sha256: undefined, warnings: 1 },
    { name: 'needs no warning where its sum is pinned', sha256: SUM, warnings: 0 },
  ])('$name', async ({ sha256, warnings }) => {
    await using jobs = await twoJobs()
    const platformCache = createFolderCache(join(jobs.bench.folder, 'cache'))
    const request = { ...jobs.request, sha256 }
    await findCli(request, { ...jobs.first, platformCache })
    expect(warningsOf(jobs.bench)).toEqual([])
    await rm(jobs.bench.toolFolder, { recursive: true })
    const nameOf = (id: string) => `<${id}>`
    const cli = await findCli(request, { ...jobs.next, platformCache, nameOf })
    expect(cli.source).toBe('platform-cache')
    expect(warningsOf(jobs.bench)).toHaveLength(warnings)
    for (const line of warningsOf(jobs.bench)) expect(line).toContain('<ozSha256>')
  })
})
