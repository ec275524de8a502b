import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { elf, machO, universalMachO } from '../../test/support/binaries.ts'
import type { FileInfo } from '../ports.ts'
import { detectLibc, mountOf, readBinaryImage } from './machine.ts'

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

const MOUNTS = `overlay / overlay rw,relatime 0 0
tmpfs /tmp tmpfs rw,nosuid,noexec 0 0
/dev/sdb1 /tmp/tools ext4 rw 0 0
/dev/sdc1 /mnt/my\\040disk ext4 rw,noexec 0 0
/dev/sdd1 /data ext4 rw 0 0
/dev/sde1 /data ext4 ro,noexec 0 0
`

describe('mountOf', () => {
  test.each([
    { name: 'the root', path: '/opt/oz', point: '/', noexec: false },
    { name: 'a mount', path: '/tmp/x/oz', point: '/tmp', noexec: true },
    { name: 'the mount point itself', path: '/tmp', point: '/tmp', noexec: true },
    { name: 'a mount within a mount', path: '/tmp/tools/oz', point: '/tmp/tools', noexec: false },
    { name: 'a name that only begins alike', path: '/tmpfiles/oz', point: '/', noexec: false },
    { name: 'a space in its name', path: '/mnt/my disk/oz', point: '/mnt/my disk', noexec: true },
    { name: 'one mounted over another', path: '/data/oz', point: '/data', noexec: true },
  ])('$name', ({ path, point, noexec }) => {
    const mount = mountOf(path, MOUNTS)
    expect(mount?.point).toBe(point)
    expect(mount?.options.includes('noexec')).toBe(noexec)
  })

  test('knows nothing where nothing is listed', () => {
    expect(mountOf('/opt/oz', '')).toBeUndefined()
  })
})

const text = (value: string) => new TextEncoder().encode(value)

describe('readBinaryImage', () => {
  test.each([
    {
      name: 'glibc on x64',
      bytes: elf({ machine: 62, interpreter: '/lib64/ld-linux-x86-64.so.2' }),
      image: { kind: 'elf', arch: 'x64', interpreter: '/lib64/ld-linux-x86-64.so.2' },
    },
    {
      name: 'musl on arm64',
      bytes: elf({ machine: 183, interpreter: '/lib/ld-musl-aarch64.so.1' }),
      image: { kind: 'elf', arch: 'arm64', interpreter: '/lib/ld-musl-aarch64.so.1' },
    },
    {
      name: 'static',
      bytes: elf({ machine: 62 }),
      image: { kind: 'elf', arch: 'x64', interpreter: undefined },
    },
    {
      name: '32 bits, big end first',
      bytes: elf({ machine: 20, interpreter: '/lib/ld.so.1', bits: 32, little: false }),
      image: { kind: 'elf', arch: 'ppc', interpreter: '/lib/ld.so.1' },
    },
    {
      name: 'a machine without a name here',
      bytes: elf({ machine: 9999 }),
      image: { kind: 'elf', arch: 'machine 9999', interpreter: undefined },
    },
    {
      name: 'cut before its interpreter',
      bytes: elf({ machine: 62, interpreter: '/lib64/ld-linux-x86-64.so.2' }).subarray(0, 130),
      image: { kind: 'elf', arch: 'x64', interpreter: undefined },
    },
    { name: 'macOS on arm64', bytes: machO(0x0100000c), image: { kind: 'mach-o', archs: ['arm64'] } },
    {
      name: 'macOS, universal',
      bytes: universalMachO([0x01000007, 0x0100000c]),
      image: { kind: 'mach-o', archs: ['x64', 'arm64'] },
    },
    {
      name: 'a Java class',
      bytes: Uint8Array.of(0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 61),
      image: { kind: 'unknown' },
    },
    { name: 'Windows', bytes: text('MZ\x90'), image: { kind: 'pe' } },
    { name: 'a script', bytes: text('#! /bin/sh -e\n'), image: { kind: 'script', interpreter: '/bin/sh' } },
    { name: 'a web page', bytes: text('\n<!DOCTYPE html>'), image: { kind: 'html' } },
    { name: 'an empty file', bytes: new Uint8Array(), image: { kind: 'empty' } },
    { name: 'the magic alone', bytes: Uint8Array.of(0x7f, 0x45, 0x4c, 0x46), image: { kind: 'unknown' } },
  ])('$name', ({ bytes, image }) => {
    expect(readBinaryImage(bytes)).toEqual(image)
  })

  test('never throws, whatever follows the magic', () => {
    const magics = [
      [0x7f, 0x45, 0x4c, 0x46, 2, 1],
      [0x7f, 0x45, 0x4c, 0x46, 1, 2],
      [0xcf, 0xfa, 0xed, 0xfe],
      [0xca, 0xfe, 0xba, 0xbe],
    ]
    fc.assert(
      fc.property(fc.constantFrom(...magics), fc.uint8Array({ maxLength: 300 }), (magic, rest) => {
        readBinaryImage(Uint8Array.from([...magic, ...rest]))
      }),
    )
  })
})
