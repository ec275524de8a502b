import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { elf, machO, universalMachO } from '../../test/support/binaries.ts'
import { readBinaryImage } from './machine.ts'

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
