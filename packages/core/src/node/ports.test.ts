import { PassThrough, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createNodeClock, createTextSink } from './ports.ts'
import { runProcess, startProcess } from './start-process.ts'

const clock = createNodeClock()

test('an aborted sleep ends at once and without an error', async () => {
  const abort = new AbortController()
  const sleeping = clock.sleep(3_600_000, abort.signal)
  abort.abort()
  await sleeping
  await clock.sleep(3_600_000, abort.signal)
})

test('calls back later, or not at all when that is taken back', async () => {
  const called: string[] = []
  const cancel = clock.after(1, () => called.push('cancelled'))
  cancel()
  await new Promise<void>((resolve) => {
    clock.after(5, () => {
      called.push('called')
      resolve()
    })
  })
  expect(called).toEqual(['called'])
})

test('neither a waiting callback nor one beyond what a timer can hold keeps a process alive or fires early', async () => {
  const source = new URL('ports.ts', import.meta.url).pathname
  const script = `
    import { createNodeClock } from ${JSON.stringify(source)}
    const clock = createNodeClock()
    clock.after(3_600_000, () => console.log('called'))
    clock.after(2 ** 31 + 5, () => console.log('called'))
    await clock.sleep(20)`
  const env = { PATH: process.env.PATH }
  const args = ['--input-type=module', '-e', script]
  const run = await runProcess({ file: process.execPath, args, env }, { timeout: 20_000 })
  expect(run).toMatchObject({ exit: { code: 0 }, stdout: '', stderr: '' })
})

test('durations only grow, and time stamps are those of the world', () => {
  const before = clock.elapsed()
  expect(clock.elapsed()).toBeGreaterThanOrEqual(before)
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000)
})

test('waits for a reader that is slower', async () => {
  const stream = new PassThrough({ highWaterMark: 4 })
  const sink = createTextSink(stream)
  let drained = false
  const writing = Promise.resolve(sink.write('longer than that')).then(() => {
    drained = true
  })
  await new Promise(setImmediate)
  expect(drained).toBe(false)
  expect(String(stream.read())).toBe('longer than that')
  await writing
})

test('drops the rest when the reader went away', async () => {
  const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })
  let writes = 0
  const stream = new Writable({
    highWaterMark: 1,
    write(_chunk, _encoding, done) {
      writes += 1
      setImmediate(() => done(gone))
    },
  })
  const sink = createTextSink(stream)
  await sink.write('one')
  await sink.write('two')
  await sink.write('three')
  expect(writes).toBe(1)
})

const source = fileURLToPath(new URL('ports.ts', import.meta.url))

/** A process that collects signals, says so, and listens when two signals have come. */
const script = `
  import { collectStopSignals } from ${JSON.stringify(source)}
  const stop = collectStopSignals()
  let count = 0
  stop.listen(() => {
    if (++count < 2) return console.log('first')
    const heard = []
    stop.listen((signal) => heard.push(signal))()
    console.log(heard.join(' '))
    clearInterval(alive)
  })
  const alive = setInterval(() => {}, 1000)
  console.log('ready')
`

test.runIf(process.platform !== 'win32').each([
  { signals: ['SIGINT', 'SIGTERM'], heard: 'SIGINT SIGTERM' },
  { signals: ['SIGHUP', 'SIGINT'], heard: 'SIGHUP SIGINT' },
] as const)(
  'signals $signals do not end the process and reach who listens later',
  async ({ signals, heard }) => {
    const env = { PATH: process.env.PATH }
    const args = ['--input-type=module', '-e', script]
    const child = await startProcess({ file: process.execPath, args, env })
    let said = ''
    for await (const chunk of child.stdout) {
      said += Buffer.from(chunk).toString()
      if (said === 'ready\n') process.kill(child.pid, signals[0])
      if (said === 'ready\nfirst\n') process.kill(child.pid, signals[1])
    }
    expect(said).toBe(`ready\nfirst\n${heard}\n`)
    expect(await child.exited).toEqual({ kind: 'code', code: 0 })
  },
)
