import { createHash } from 'node:crypto'
import { chmod, mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findCli } from '../src/cli/find-cli.ts'
import { RunnerError } from '../src/errors.ts'
import { createFolderCache } from '../src/node-ports/folder-cache.ts'
import { archiveOf, cliScript, releaseTree, VERSION } from './support/cli-archive.ts'
import { type CliBench, createCliBench, LATEST } from './support/cli-bench.ts'
import { type Reply, startScriptedServer } from './support/scripted-server.ts'

const fileOf = (version: string) => `/stable/${version}/cli/linux/x86_64/warp-stable-linux-x86_64.tar.gz`
const body = await archiveOf(releaseTree())
const SUM = createHash('sha256').update(body).digest('hex')

/** A mirror of the service whose latest version can be changed. */
async function startMirror(latest = VERSION) {
  const state = { latest, ask: undefined as Reply | undefined }
  const archives = new Map([[VERSION, body]])
  const server = await startScriptedServer((base) => ({
    '/download/cli': [state.ask ?? { status: 302, headers: { location: base + fileOf(state.latest) } }],
    ...Object.fromEntries([...archives].map(([version, content]) => [fileOf(version), [{ body: content }]])),
  }))
  return {
    ...server,
    state,
    async release(version: string) {
      archives.set(version, await archiveOf(releaseTree(version)))
      state.latest = version
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

async function putCli(path: string, script = cliScript()): Promise<string> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, script)
  await chmod(path, 0o755)
  return path
}

const failureOf = (run: Promise<unknown>): Promise<RunnerError> =>
  run.then(
    () => Promise.reject(new Error('nothing failed')),
    (error) => (error instanceof RunnerError ? error : Promise.reject(error)),
  )

const storeOf = (bench: CliBench) => join(bench.toolFolder, 'oz-cli', 'stable')

describe('the given path', () => {
  test('is taken, relative to the folder of the step, and nothing else is looked at', async () => {
    await using bench = await createCliBench()
    const path = await putCli(join(bench.folder, 'own', 'my-oz'))
    const cli = await findCli({ ...LATEST, path: 'own/my-oz' }, bench.context)
    expect(cli).toEqual({ path, version: VERSION, sha256: undefined, source: 'oz_path' })
    expect(bench.said).toEqual([`info: oz_path: taken, ${path} is version ${VERSION}`])
  })

  test.each([
    {
      name: 'nothing there',
      path: 'none/oz',
      message: /^oz_path "none\/oz" \(.*\/none\/oz\) does not exist\.$/,
    },
    { name: 'a folder', path: '.', message: /is no file but a folder\.$/ },
    {
      name: 'not executable',
      path: 'plain',
      message: /^oz_path "plain" does not run: it is not executable\.$/,
    },
    { name: 'a program without a version', path: 'other', message: /it is some other program\.$/ },
    {
      name: 'another version than the pinned one',
      path: 'bin/oz',
      version: 'v0.2026.01.01.01.01.stable_00',
      message: /is version v0\.2026\.08.*, but oz_version asks for v0\.2026\.01/,
    },
  ])('is an error: $name', async ({ path, version = 'latest', message }) => {
    await using bench = await createCliBench()
    await putCli(join(bench.folder, 'bin', 'oz'))
    await putCli(join(bench.folder, 'other'), '#!/bin/sh\necho Mozart\n')
    await writeFile(join(bench.folder, 'plain'), 'x')
    const error = await failureOf(findCli({ ...LATEST, path, version }, bench.context))
    expect(error.code).toBe('unavailable')
    expect(error.message).toMatch(message)
    expect(error.remedy).toBeTruthy()
  })
})

describe('a CLI on PATH', () => {
  test('is taken for latest, whichever version it is', async () => {
    await using bench = await createCliBench()
    const path = await putCli(join(bench.folder, 'bin', 'oz'))
    expect(await findCli(LATEST, bench.context)).toEqual({
      path,
      version: VERSION,
      sha256: undefined,
      source: 'path',
    })
    expect(bench.said.at(-1)).toBe(`info: path: taken, ${path} is version ${VERSION}`)
  })

  test('has the name of its channel', async () => {
    await using bench = await createCliBench()
    await putCli(join(bench.folder, 'bin', 'oz'))
    const path = await putCli(join(bench.folder, 'bin', 'oz-preview'))
    expect((await findCli({ ...LATEST, channel: 'preview' }, bench.context)).path).toBe(path)
  })

  test.each([
    {
      name: 'another version than the pinned one',
      script: cliScript('v0.2026.01.01.01.01.stable_00'),
      why: /is version v0\.2026\.01.*, not v0\.2026\.08/,
    },
    {
      name: 'one that does not run',
      script: '#!/no/such/shell\n',
      why: /does not run: it is a script for \/no\/such\/shell/,
    },
  ])('is passed over: $name', async ({ script, why }) => {
    await using mirror = await startMirror()
    await using bench = await createCliBench()
    await putCli(join(bench.folder, 'bin', 'oz'), script)
    const cli = await findCli({ ...LATEST, version: VERSION, downloadUrl: mirror.url }, bench.context)
    expect(cli.source).toBe('download')
    expect(bench.said.find((line) => line.startsWith('info: path:'))).toMatch(why)
  })

  test('is passed over when a checksum is asked for, which it cannot prove', async () => {
    await using mirror = await startMirror()
    await using bench = await createCliBench()
    await putCli(join(bench.folder, 'bin', 'oz'))
    const cli = await findCli({ ...LATEST, sha256: SUM, downloadUrl: mirror.url }, bench.context)
    expect(cli).toMatchObject({ source: 'download', sha256: SUM })
  })
})

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
    expect(await findCli({ ...request, sha256: SUM }, bench.context)).toEqual(cached)
    expect(mirror.requests).toHaveLength(3)
  })

  test('starts nothing when nothing changed, and proves the CLI anew when it did', async () => {
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
      // Every version was used by this very process; only the second one's mark is left.
      for (const mark of await readdir(join(storeOf(bench), '.uses'))) {
        if (!mark.includes('.01.02.')) await rm(join(storeOf(bench), '.uses', mark))
      }
    }
    const left = (await readdir(storeOf(bench))).filter((name) => name.startsWith('v')).sort()
    expect(left).toEqual([1, 3, 4, 5].map((index) => `${versions[index]}-linux-x86_64`))
  })

  test("removes what killed installs left, once it is certainly nobody's", async () => {
    await using mirror = await startMirror()
    await using bench = await createCliBench()
    const [old, fresh] = [join(storeOf(bench), '.staging-x-old'), join(storeOf(bench), '.new-fresh')]
    for (const folder of [old, fresh]) await mkdir(folder, { recursive: true })
    await utimes(old, 1, 1)
    await findCli({ ...LATEST, downloadUrl: mirror.url }, bench.context)
    expect((await readdir(storeOf(bench))).sort()).toEqual(['.new-fresh', '.uses', `${VERSION}-linux-x86_64`])
  })
})

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
    expect((await readdir(storeOf(second))).sort()).toEqual(['.uses', `${VERSION}-linux-x86_64`])
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

describe('a machine that cannot take the CLI', () => {
  test('Alpine is told before anything is asked', async () => {
    await using mirror = await startMirror()
    await using bench = await createCliBench()
    const { files } = bench.context.ports
    const alpine = {
      ...files,
      info: (path: string) => files.info(path === '/etc/alpine-release' ? '/' : path),
    }
    const context = { ...bench.context, ports: { ...bench.context.ports, files: alpine } }
    const error = await failureOf(findCli({ ...LATEST, downloadUrl: mirror.url }, context))
    expect(error).toMatchObject({
      code: 'unavailable',
      message: 'The CLI needs glibc, and this system is musl (/etc/alpine-release).',
      remedy: expect.stringMatching(/Debian or Ubuntu/),
    })
    expect(mirror.requests).toEqual([])
  })

  test('Windows is told what to install', async () => {
    await using bench = await createCliBench()
    const { ports } = bench.context
    const context = {
      ...bench.context,
      ports: { ...ports, machine: { ...ports.machine, platform: 'win32' as const } },
    }
    const error = await failureOf(findCli(LATEST, context))
    expect(error).toMatchObject({
      code: 'unavailable',
      remedy: expect.stringMatching(/winget install Warp\.Warp/),
    })
  })

  test.each([
    { name: 'while downloading', at: 'append' },
    { name: 'while unpacking', at: 'unpack' },
  ] as const)('a full disk $name is named, and nothing is left on it', async ({ at }) => {
    await using mirror = await startMirror()
    await using bench = await createCliBench()
    const { files, archives } = bench.context.ports
    const full = () => {
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), {
        code: 'ENOSPC',
        errno: -28,
        syscall: 'write',
      })
    }
    const ports = {
      ...bench.context.ports,
      files:
        at === 'append'
          ? { ...files, append: (path: string) => ({ ...files.append(path), write: full }) }
          : files,
      archives: at === 'unpack' ? { unpack: async () => full() } : archives,
    }
    const error = await failureOf(
      findCli({ ...LATEST, downloadUrl: mirror.url }, { ...bench.context, ports }),
    )
    expect(error.code).toBe('unavailable')
    expect(error.message).toMatch(/^The disk of .* is full: the CLI could not be installed \(ENOSPC\)\.$/)
    expect(error.remedy).toMatch(/Free some space/)
    expect(await readdir(storeOf(bench))).toEqual([])
  })

  test('too small a disk is told before the download', async () => {
    await using mirror = await startMirror()
    mirror.state.ask = { body, headers: { 'content-length': body.length } }
    await using bench = await createCliBench()
    const files = { ...bench.context.ports.files, freeSpace: async () => 100 }
    const context = { ...bench.context, ports: { ...bench.context.ports, files } }
    const error = await failureOf(findCli({ ...LATEST, downloadUrl: mirror.url }, context))
    expect(error.message).toMatch(/has 1 MB free, and installing the CLI takes about 1 MB\.$/)
  })

  test('a tool folder that cannot be made is replaced by a temporary one', async () => {
    await using mirror = await startMirror()
    await using bench = await createCliBench()
    await writeFile(bench.toolFolder, 'a file where the folder should be')
    const cli = await findCli({ ...LATEST, downloadUrl: mirror.url }, bench.context)
    expect(cli.path).toMatch(/\/oz-cli-\w+\/oz-cli\/stable\//)
    expect(bench.said.find((line) => line.startsWith('warning:'))).toMatch(/cannot be made/)
  })
})

test('nothing outside the tool folder is touched', async () => {
  await using mirror = await startMirror()
  await using bench = await createCliBench()
  await findCli({ ...LATEST, downloadUrl: mirror.url }, bench.context)
  expect(await readdir(bench.folder)).toEqual(['tools'])
})
