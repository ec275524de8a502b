import { describe, expect, test } from 'vitest'
import type { FileInfo } from '../ports.ts'
import { detectLibc } from './machine.ts'

const info: FileInfo = { kind: 'file', size: 1, mode: 0o755, modified: 0 }
const filesWith = (...paths: string[]) => ({
  info: async (path: string) => (paths.includes(path) ? info : undefined),
  async list(folder: string) {
    return paths.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1))
  },
})

describe('detectLibc', () => {
  test.each([
    { name: 'Debian on x64', arch: 'x64', paths: ['/lib64/ld-linux-x86-64.so.2'], kind: 'glibc' },
    { name: 'Debian on arm64', arch: 'arm64', paths: ['/lib/ld-linux-aarch64.so.1'], kind: 'glibc' },
    { name: 'Alpine', arch: 'x64', paths: ['/etc/alpine-release', '/lib/ld-musl-x86_64.so.1'], kind: 'musl' },
    {
      name: 'Alpine with a compatibility layer',
      arch: 'x64',
      paths: ['/etc/alpine-release', '/lib64/ld-linux-x86-64.so.2'],
      kind: 'musl',
    },
    { name: 'another musl system', arch: 'arm64', paths: ['/lib/ld-musl-aarch64.so.1'], kind: 'musl' },
    {
      name: 'Debian with musl installed beside',
      arch: 'x64',
      paths: ['/lib64/ld-linux-x86-64.so.2', '/lib/ld-musl-x86_64.so.1'],
      kind: 'glibc',
    },
    {
      name: 'the loader of another architecture',
      arch: 'arm64',
      paths: ['/lib64/ld-linux-x86-64.so.2'],
      kind: 'unknown',
    },
    { name: 'neither', arch: 'x64', paths: [], kind: 'unknown' },
  ] as const)('$name', async ({ arch, paths, kind }) => {
    expect((await detectLibc(filesWith(...paths), { platform: 'linux', arch })).kind).toBe(kind)
  })

  test('asks nothing where there is no choice of libraries', async () => {
    expect(await detectLibc(filesWith('/etc/alpine-release'), { platform: 'darwin', arch: 'arm64' })).toEqual(
      { kind: 'system' },
    )
  })
})
