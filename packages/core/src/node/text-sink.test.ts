import { PassThrough, Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { createTextSink } from './ports.ts'

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
