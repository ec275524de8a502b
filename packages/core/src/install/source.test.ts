import { describe, expect, test } from 'vitest'
import { createCliBench, LATEST } from '../../test/support/cli-bench.ts'
import type { CliRequest } from '../contract/request.ts'
import { placesOf } from './release.ts'

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
