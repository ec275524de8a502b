import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { CiAdapter } from '../src/ci.ts'
import { spell } from '../src/contract/names.ts'
import { HttpError } from '../src/http/http.ts'
import type { Http, HttpRequest } from '../src/ports.ts'
import { runStep } from '../src/run.ts'
import { FakePipe } from '../src/testing/fake-processes.ts'
import { FakeClock, FakeStopSignals, RecordingSink } from '../src/testing/fakes.ts'
import { PlainLogFormat } from '../src/testing/staged-run.ts'
import { VERSION } from './support/cli-archive.ts'
import { createCliBench } from './support/cli-bench.ts'

const MIRROR = 'https://mirror.example.com'
const FILE = `${MIRROR}/stable/${VERSION}/cli/linux/x86_64/warp-stable-linux-x86_64.tar.gz`
const MEGABYTE = 1_000_000

/** A step that downloads its CLI from a mirror which sends what the test says, under a clock that the test moves. */
async function stage(timeout: string) {
  const bench = await createCliBench()
  const clock = new FakeClock()
  const stop = new FakeStopSignals()
  const log = new RecordingSink()
  const body = new FakePipe()
  const ask = Promise.withResolvers<void>()
  const asked = Promise.withResolvers<void>()
  const reading = Promise.withResolvers<void>()
  async function* bytes(signal: AbortSignal | undefined) {
    reading.resolve()
    signal?.addEventListener('abort', () => body.end())
    yield* body
    throw new HttpError('aborted', 'The request was given up.')
  }
  const http: Http = {
    async request({ url, signal }: HttpRequest) {
      if (url === FILE) return { status: 200, headers: { 'content-length': '8000000' }, body: bytes(signal) }
      asked.resolve()
      await ask.promise
      return { status: 302, headers: { location: FILE }, body: new FakePipe() }
    },
  }
  const adapter: CiAdapter = {
    ci: {
      name: 'generic',
      jobUrl: undefined,
      commit: undefined,
      limits: { outputBytes: 1000, logBytes: 10_000, summaryBytes: 1000 },
      windDown: { cancelGrace: 1, deadlineGrace: 1 },
      env: { PATH: '/nowhere' },
      checkout: bench.folder,
      resultFolder: join(bench.folder, 'results'),
      stepFolder: join(bench.folder, 'step'),
      toolFolder: bench.toolFolder,
      nameOf: (id) => spell(id, 'snake'),
      lenientInputs: false,
      debug: false,
      defaultTimeout: undefined,
      isInternalVariable: () => false,
      keylessByDesign: () => undefined,
      keyRemedy: 'Store it as a secret.',
    },
    inputs: { raw: { prompt: 'x', warp_api_key: 'wk-0123456789', oz_download_url: MIRROR, timeout } },
    reporter: { mask: () => {}, publish: async () => {} },
    logFormat: new PlainLogFormat(),
  }
  const yaml = { parse: () => Promise.reject(new Error('no YAML was expected')) }
  const end = runStep(adapter, { ...bench.context.ports, clock, http, stop, log, yaml })
  return {
    bench,
    clock,
    stop,
    log,
    body,
    end,
    asked: asked.promise,
    answer: ask.resolve,
    reading: reading.promise,
  }
}

const aboutDownload = ({ text }: RecordingSink) =>
  text.split('\n').filter((line) => /mirror|Downloading/.test(line))

test('a step says what it waits for while the CLI is downloaded', async () => {
  const { bench, clock, stop, log, body, end, asked, answer, reading } = await stage('1h')
  await using _ = bench
  await asked
  await clock.advance(20_000)
  answer()
  await reading
  const lines = [
    'info: mirror.example.com has not answered for 10s.',
    'info: mirror.example.com has not answered for 20s.',
    `info: Downloading the CLI ${VERSION} from ${FILE}`,
  ]
  expect(aboutDownload(log)).toEqual(lines)
  body.write(new Uint8Array([0x1f, 0x8b]))
  body.write(new Uint8Array(4 * MEGABYTE))
  await clock.advance(10_000)
  expect(aboutDownload(log).slice(3)).toEqual(['info: Downloading the CLI: 4.0 of 8.0 MB (50 %), 401 kB/s'])
  await clock.advance(15_000)
  expect(aboutDownload(log).slice(4)).toEqual([
    'info: Downloading the CLI: 4.0 of 8.0 MB (50 %), nothing has come for 20s',
  ])
  stop.send('SIGINT')
  expect(await end).toEqual({ outcome: 'cancelled', exitCode: 130 })
  expect(log.text).toContain('before the agent was started, while the CLI was downloaded')
})

test('a download that takes an hour says so once a minute', async () => {
  const { bench, clock, stop, log, body, end, answer, reading } = await stage('2h')
  await using _ = bench
  answer()
  await reading
  body.write(new Uint8Array([0x1f, 0x8b]))
  await clock.advance(3_600_000)
  expect(aboutDownload(log).length).toBeLessThan(70)
  stop.send('SIGINT')
  await end
})

test('a deadline during a download says that it was the download', async () => {
  const { bench, clock, log, body, end, answer, reading } = await stage('5m')
  await using _ = bench
  answer()
  await reading
  body.write(new Uint8Array([0x1f, 0x8b]))
  await clock.advance(300_000)
  expect(await end).toEqual({ outcome: 'timed-out', exitCode: 124 })
  expect(log.text).toContain('the deadline of 5m passed while the CLI was downloaded')
  expect(log.text).toContain('Look at the network of this machine')
})
