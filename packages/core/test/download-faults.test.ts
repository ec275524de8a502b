import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findCli } from '../src/cli/find-cli.ts'
import type { CliRequest } from '../src/contract/request.ts'
import { RunnerError } from '../src/errors.ts'
import { archiveOf, cliScript, releaseTree, VERSION } from './support/cli-archive.ts'
import { type CliBench, createCliBench, LATEST } from './support/cli-bench.ts'
import { type Reply, type Script, startScriptedServer } from './support/scripted-server.ts'

const ASK = '/download/cli'
const FILE = `/stable/${VERSION}/cli/linux/x86_64/warp-stable-linux-x86_64.tar.gz`
const SUM = 'a'.repeat(64)

const archive = await archiveOf({ ...releaseTree(), 'resources/noise': randomBytes(100_000) })
const good: Reply = { body: archive, headers: { 'content-length': archive.length } }
const damaged = Buffer.from(archive)
damaged.fill(0x55, 50_000, 60_000)

const redirect = (base: string): Reply => ({ status: 302, headers: { location: `${base}${FILE}` } })
/** The service answers as it should, and the archive's address as told. */
const serving =
  (...replies: Reply[]): Script =>
  (base) => ({ [ASK]: [redirect(base)], [FILE]: replies })
/** The service answers as told, and the archive is fine. */
const asking =
  (...replies: Reply[]): Script =>
  (base) => ({ [ASK]: [...replies, redirect(base)], [FILE]: [good] })

interface Fault {
  readonly name: string
  readonly script: Script
  readonly request?: Partial<CliRequest>
  readonly code: 'temporary' | 'unavailable'
  readonly message: string
  readonly remedy: RegExp
  /** How often the server was asked. */
  readonly requests: number
}

const FAULTS: readonly Fault[] = [
  {
    name: 'redirect loop',
    script: (base) => ({
      [ASK]: [{ status: 302, headers: { location: `${base}/a` } }],
      '/a': [{ status: 302, headers: { location: `${base}/b` } }],
      '/b': [{ status: 302, headers: { location: `${base}/a` } }],
    }),
    code: 'unavailable',
    message: 'SERVER/download/cli redirects in a loop: SERVER/a comes round again.',
    remedy: /Check oz_download_url/,
    requests: 3,
  },
  {
    name: 'redirects without end',
    script: () =>
      Object.fromEntries([
        [ASK, [{ status: 302, headers: { location: '/0' } }]],
        ...Array.from({ length: 20 }, (_, i) => [
          `/${i}`,
          [{ status: 302, headers: { location: `/${i + 1}` } }],
        ]),
      ]),
    code: 'unavailable',
    message: 'SERVER/download/cli redirects more than 10 times.',
    remedy: /Check oz_download_url/,
    requests: 11,
  },
  {
    name: 'redirect without Location',
    script: () => ({ [ASK]: [{ status: 302 }] }),
    code: 'unavailable',
    message: 'SERVER/download/cli answered 302 without saying where to (no Location).',
    remedy: /Check oz_download_url/,
    requests: 1,
  },
  {
    name: 'redirect to something that is no web address',
    script: () => ({ [ASK]: [{ status: 302, headers: { location: 'file:///etc/passwd' } }] }),
    code: 'unavailable',
    message: 'SERVER/download/cli redirects to "file:///etc/passwd", which is no web address.',
    remedy: /Check oz_download_url/,
    requests: 1,
  },
  {
    name: 'unknown version',
    script: () => ({}),
    request: { version: 'v0.2026.01.01.00.00.stable_09' },
    code: 'unavailable',
    message:
      'There is no version v0.2026.01.01.00.00.stable_09 of the CLI on the channel stable for linux x86_64: SERVER/download/cli and SERVER/stable/v0.2026.01.01.00.00.stable_09/cli/linux/x86_64/warp-stable-linux-x86_64.tar.gz answered 404.',
    remedy:
      /^Check oz_version: a release tag looks like .*; or leave oz_version out to take the latest; check oz_download_url/,
    requests: 2,
  },
  {
    name: 'no latest release',
    script: () => ({}),
    code: 'unavailable',
    message:
      'There is no latest release of the CLI on the channel stable for linux x86_64: SERVER/download/cli answered 404.',
    remedy: /^Check oz_download_url, and that the mirror holds this release\.$/,
    requests: 1,
  },
  {
    name: 'not allowed in',
    script: asking({ status: 403, body: 'no' }, { status: 403 }),
    code: 'unavailable',
    message: 'SERVER/download/cli answered 403.',
    remedy: /credentials of a mirror go into oz_download_url/,
    requests: 1,
  },
  {
    name: '429 for ever, with Retry-After',
    script: () => ({ [ASK]: [{ status: 429, headers: { 'retry-after': 7 } }] }),
    code: 'temporary',
    message: 'SERVER/download/cli answered 429 (too many requests).',
    remedy: /Run the job again later/,
    requests: 4,
  },
  {
    name: '429 that asks for an hour',
    script: () => ({ [ASK]: [{ status: 429, headers: { 'retry-after': 3600 } }] }),
    code: 'temporary',
    message: 'SERVER/download/cli answered 429 (too many requests) and asks to wait 1h.',
    remedy: /Run the job again later/,
    requests: 1,
  },
  {
    name: '503 for ever',
    script: serving({ status: 503, body: 'busy' }),
    code: 'temporary',
    message: `SERVER${FILE} answered 503 (a failure of the server).`,
    remedy: /Run the job again later/,
    requests: 5,
  },
  {
    name: 'reset before any answer, for ever',
    script: () => ({ [ASK]: [{ after: 'reset' }] }),
    code: 'temporary',
    message: 'The connection to HOST broke off (ECONNRESET).',
    remedy: /Run the job again/,
    requests: 4,
  },
  {
    name: 'reset in the middle of the body, for ever',
    script: serving({
      body: archive.subarray(0, 30_000),
      headers: { 'content-length': archive.length },
      after: 'reset',
    }),
    code: 'temporary',
    message: 'The connection to HOST broke off (ECONNRESET).',
    remedy: /Run the job again/,
    requests: 5,
  },
  {
    name: 'stall before any answer, for ever',
    script: () => ({ [ASK]: [{ after: 'stall' }] }),
    code: 'temporary',
    message: 'HOST sent nothing for 0.3 s.',
    remedy: /Run the job again/,
    requests: 4,
  },
  {
    name: 'stall in the middle of the body, for ever',
    script: serving({
      body: archive.subarray(0, 30_000),
      headers: { 'content-length': archive.length },
      after: 'stall',
    }),
    code: 'temporary',
    message: 'HOST sent nothing for 0.3 s.',
    remedy: /Run the job again/,
    requests: 5,
  },
  {
    name: 'fewer bytes than announced',
    script: serving({ body: archive.subarray(0, 30_000), headers: { 'content-length': archive.length } }),
    code: 'temporary',
    message: 'The connection to HOST broke off (ECONNRESET).',
    remedy: /Run the job again/,
    requests: 5,
  },
  {
    name: 'announced as shorter than the archive is',
    script: serving({ body: archive.subarray(0, archive.length - 100) }),
    code: 'unavailable',
    message: `SERVER${FILE} is no archive of the CLI. The archive is damaged or incomplete (unexpected end of file).`,
    remedy: /something changes or replaces the file/,
    requests: 2,
  },
  {
    name: 'a web page instead of an archive',
    script: serving({
      body: '<!DOCTYPE html><title>Sign in</title>',
      headers: { 'content-type': 'text/html' },
    }),
    code: 'unavailable',
    message: `SERVER${FILE} sent a web page instead of a gzipped archive.`,
    remedy: /wants a sign-in/,
    requests: 2,
  },
  {
    name: 'a web page instead of the redirect',
    script: () => ({ [ASK]: [{ body: '<html>Sign in</html>' }] }),
    code: 'unavailable',
    message: 'SERVER/download/cli sent a web page instead of a gzipped archive.',
    remedy: /wants a sign-in/,
    requests: 2,
  },
  {
    name: 'an empty file',
    script: serving({ body: '' }),
    code: 'unavailable',
    message: `SERVER${FILE} sent an empty file instead of a gzipped archive.`,
    remedy: /Check oz_download_url/,
    requests: 2,
  },
  {
    name: 'corrupt gzip',
    script: serving({ body: damaged }),
    code: 'unavailable',
    message: `SERVER${FILE} is no archive of the CLI. The archive is damaged or incomplete (REASON).`,
    remedy: /something changes or replaces the file/,
    requests: 2,
  },
  {
    name: 'wrong checksum',
    script: serving(good),
    request: { sha256: SUM },
    code: 'unavailable',
    message: `The archive from SERVER${FILE} has another SHA-256 than oz_sha256 asks for: expected ${SUM}, got SUM. It was deleted.`,
    remedy: /A sum belongs to one release: pin oz_version too/,
    requests: 2,
  },
  {
    name: 'another version than asked for',
    script: serving({ body: await archiveOf(releaseTree('v0.2026.01.02.03.04.stable_00')) }),
    code: 'unavailable',
    message: `SERVER${FILE} holds version v0.2026.01.02.03.04.stable_00 of the CLI, but ${VERSION} was expected.`,
    remedy: /Check oz_download_url, or ask for v0\.2026\.01\.02\.03\.04\.stable_00 in oz_version/,
    requests: 2,
  },
  {
    name: 'an archive without the executable',
    script: serving({ body: await archiveOf({ 'resources/oz-helper': cliScript(), README: 'hello' }) }),
    code: 'unavailable',
    message: `SERVER${FILE} is no archive of the CLI. The archive holds no executable whose name starts with "oz"; at its top: README, resources/.`,
    remedy: /check oz_download_url/,
    requests: 2,
  },
  {
    name: 'an executable that needs a missing library',
    script: serving({
      body: await archiveOf({
        oz: '#!/bin/sh\necho "oz: error while loading shared libraries: libz.so.1: cannot open shared object file" >&2\nexit 127\n',
      }),
    }),
    code: 'unavailable',
    message: `The CLI from SERVER${FILE} does not run here: the shared library libz.so.1 is missing (exit 127).`,
    remedy: /apt-get install zlib1g/,
    requests: 2,
  },
]

describe('a download that fails', () => {
  test.each(FAULTS)('$name', async ({ script, request, code, message, remedy, requests }) => {
    await using server = await startScriptedServer(script)
    await using bench = await createCliBench()
    const error = await findCli({ ...LATEST, downloadUrl: server.url, ...request }, bench.context).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    if (!(error instanceof RunnerError)) throw error ?? new Error('nothing failed')
    const shown = error.message
      .replaceAll(server.url, 'SERVER')
      .replaceAll(server.url.slice('http://'.length), 'HOST')
      .replace(/\((?:invalid|incorrect)[^)]*\)/, '(REASON)')
      .replace(/got [0-9a-f]{64}/, 'got SUM')
    expect({ code: error.code, message: shown }).toEqual({ code, message })
    expect(error.remedy).toMatch(remedy)
    expect(server.requests).toHaveLength(requests)
    expect(await leftIn(bench)).toEqual([])
  })
})

const PASSES: readonly { name: string; script: Script; waits: (waits: readonly number[]) => void }[] = [
  {
    name: 'a slow but steady body that takes many times the stall limit',
    script: serving({ ...good, pace: 120 }),
    waits: (waits) => expect(waits).toEqual([]),
  },
  {
    name: '503 twice, then good',
    script: serving({ status: 503 }, { status: 503 }, good),
    waits: ([first, second]) => {
      expect(first).toSatisfy((ms: number) => ms >= 500 && ms <= 1000)
      expect(second).toSatisfy((ms: number) => ms >= 1000 && ms <= 2000)
    },
  },
  {
    name: '429 with Retry-After, then good',
    script: asking({ status: 429, headers: { 'retry-after': 7 } }),
    waits: (waits) => expect(waits).toEqual([7000]),
  },
  {
    name: 'reset in the middle of the body, then good',
    script: serving(
      { body: archive.subarray(0, 30_000), headers: { 'content-length': archive.length }, after: 'reset' },
      good,
    ),
    waits: (waits) => expect(waits).toHaveLength(1),
  },
  {
    name: 'stall in the middle of the body, then good',
    script: serving(
      { body: archive.subarray(0, 30_000), headers: { 'content-length': archive.length }, after: 'stall' },
      good,
    ),
    waits: (waits) => expect(waits).toHaveLength(1),
  },
  {
    name: 'no announced length (chunked)',
    script: serving({ body: archive }),
    waits: (waits) => expect(waits).toEqual([]),
  },
  {
    name: 'an archive address that redirects on',
    script: (base) => ({
      [ASK]: [redirect(base)],
      [FILE]: [{ status: 307, headers: { location: '/storage/1234?signature=x' } }],
      '/storage/1234': [good],
    }),
    waits: (waits) => expect(waits).toEqual([]),
  },
]

describe('a download that passes', () => {
  test.each(PASSES)('$name', async ({ script, waits }) => {
    await using server = await startScriptedServer(script)
    await using bench = await createCliBench()
    const cli = await findCli({ ...LATEST, downloadUrl: server.url }, bench.context)
    expect(cli).toMatchObject({ version: VERSION, source: 'download' })
    waits(bench.waits)
  })
})

/** What an install left behind that is no installed version. */
async function leftIn({ toolFolder }: CliBench): Promise<string[]> {
  return readdir(join(toolFolder, 'oz-cli', 'stable')).catch(() => [])
}
