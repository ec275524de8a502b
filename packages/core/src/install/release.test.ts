import { describe, expect, test } from 'vitest'
import { createCliBench, LATEST } from '../../test/support/cli-bench.ts'
import type { CliRequest } from '../contract/request.ts'
import { packageTarget, placesOf } from './release.ts'

const TAG = 'v0.2026.08.19.08.14.stable_01'

interface Row {
  readonly name: string
  readonly request: Partial<CliRequest>
  readonly places: readonly string[]
}

const ROWS: readonly Row[] = [
  {
    name: "Warp's service, latest",
    request: {},
    places: ['service https://app.warp.dev/download/cli?os=macos&arch=aarch64&package=tar&channel=stable'],
  },
  {
    name: "Warp's service, pinned",
    request: { version: TAG },
    places: [
      `service https://app.warp.dev/download/cli?os=macos&arch=aarch64&package=tar&channel=stable&version=${TAG}`,
    ],
  },
  {
    name: 'a mirror of the service, latest',
    request: { downloadUrl: 'https://mirror.example.com/warp', channel: 'preview' },
    places: [
      'service https://mirror.example.com/warp/download/cli?os=macos&arch=aarch64&package=tar&channel=preview',
    ],
  },
  {
    name: 'a mirror, pinned: the service, then the file',
    request: { downloadUrl: 'https://mirror.example.com/warp/', version: TAG },
    places: [
      `service https://mirror.example.com/warp/download/cli?os=macos&arch=aarch64&package=tar&channel=stable&version=${TAG}`,
      `file https://mirror.example.com/warp/stable/${TAG}/cli/macos/aarch64/warp-stable-macos-aarch64.tar.gz`,
    ],
  },
  {
    name: 'a query of the mirror stays',
    request: { downloadUrl: 'https://mirror.example.com/?token=1' },
    places: [
      'service https://mirror.example.com/download/cli?token=1&os=macos&arch=aarch64&package=tar&channel=stable',
    ],
  },
  {
    name: 'one archive',
    request: { downloadUrl: 'https://mirror.example.com/oz.tar.gz', version: TAG },
    places: ['file https://mirror.example.com/oz.tar.gz'],
  },
]

describe('placesOf', () => {
  test.each(ROWS)('$name', async ({ request, places }) => {
    await using bench = await createCliBench()
    const source = {
      request: { ...LATEST, ...request },
      context: bench.context,
      target: { os: 'macos', arch: 'aarch64' } as const,
    }
    expect(placesOf(source).map(({ kind, url }) => `${kind} ${url}`)).toEqual(places)
  })
})

interface MachineRow {
  readonly name: string
  readonly platform: NodeJS.Platform
  readonly arch: NodeJS.Architecture
  readonly target?: { os: string; arch: string }
  readonly problem?: RegExp
  readonly remedy?: RegExp
}

const MACHINES: readonly MachineRow[] = [
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
  test.each(MACHINES)('$name', ({ platform, arch, target, problem, remedy }) => {
    const found = packageTarget({ platform, arch }, 'oz_path')
    if (target !== undefined) expect(found).toEqual(target)
    else
      expect(found).toEqual({
        problem: expect.stringMatching(problem ?? /^$/),
        remedy: expect.stringMatching(remedy ?? /^$/),
      })
  })
})
