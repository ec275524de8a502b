import { readdir, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { findCli } from '../src/install/resolve.ts'
import { createCliBench, LATEST } from './support/cli-bench.ts'
import { body, failureOf, startMirror, storeOf } from './support/mirror.ts'

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
      archives: at === 'unpack' ? { ...archives, unpack: async () => full() } : archives,
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
