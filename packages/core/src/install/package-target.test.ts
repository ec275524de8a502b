import { describe, expect, test } from 'vitest'
import { packageTarget } from './release.ts'

interface Row {
  readonly name: string
  readonly platform: NodeJS.Platform
  readonly arch: NodeJS.Architecture
  readonly target?: { os: string; arch: string }
  readonly problem?: RegExp
  readonly remedy?: RegExp
}

const ROWS: readonly Row[] = [
  { name: 'Linux on x64', platform: 'linux', arch: 'x64', target: { os: 'linux', arch: 'x86_64' } },
  { name: 'Linux on arm64', platform: 'linux', arch: 'arm64', target: { os: 'linux', arch: 'aarch64' } },
  { name: 'Mac with Intel', platform: 'darwin', arch: 'x64', target: { os: 'macos', arch: 'x86_64' } },
  {
    name: 'Mac with Apple silicon',
    platform: 'darwin',
    arch: 'arm64',
    target: { os: 'macos', arch: 'aarch64' },
  },
  {
    name: 'Linux on 32-bit ARM',
    platform: 'linux',
    arch: 'arm',
    problem: /architecture arm\./,
    remedy: /oz_path/,
  },
  {
    name: 'Linux on RISC-V',
    platform: 'linux',
    arch: 'riscv64',
    problem: /architecture riscv64\./,
    remedy: /x64 or arm64/,
  },
  {
    name: 'Windows on x64',
    platform: 'win32',
    arch: 'x64',
    problem: /comes with the Warp app/,
    remedy: /winget install Warp\.Warp/,
  },
  {
    name: 'Windows on arm64',
    platform: 'win32',
    arch: 'arm64',
    problem: /no stand-alone CLI/,
    remedy: /oz_path/,
  },
  {
    name: 'FreeBSD',
    platform: 'freebsd',
    arch: 'x64',
    problem: /no CLI for freebsd/,
    remedy: /Linux or macOS/,
  },
]

describe('packageTarget', () => {
  test.each(ROWS)('$name', ({ platform, arch, target, problem, remedy }) => {
    const found = packageTarget({ platform, arch }, 'oz_path')
    if (target !== undefined) expect(found).toEqual(target)
    else
      expect(found).toEqual({
        problem: expect.stringMatching(problem ?? /^$/),
        remedy: expect.stringMatching(remedy ?? /^$/),
      })
  })
})
