import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { RunnerError } from '../errors.ts'
import { createNodeFiles } from '../node/files.ts'
import { temporaryFolder } from '../testing/index.ts'
import { createRunRecorder, readRunRecord } from './record.ts'

const files = createNodeFiles()

test('a later step reads what the step knew', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'run.json')
  const recorder = createRunRecorder(path, { marker: 'c' }, files)
  recorder.update({ agent: { pid: 4711, startTime: 'boot/1' } })
  recorder.update({ runId: 'r-1' })
  await recorder.flush()
  expect(await readRunRecord(path, files)).toEqual({
    version: 1,
    marker: 'c',
    agent: { pid: 4711, startTime: 'boot/1' },
    runId: 'r-1',
    resultsWritten: false,
    close: { kind: 'open' },
  })
  if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600)
})

test('the last of many quick updates is what stands on disk', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'run.json')
  const recorder = createRunRecorder(path, { marker: 'c' }, files)
  for (let round = 0; round < 50; round += 1) recorder.update({ runId: `r-${round}` })
  await recorder.flush()
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ runId: 'r-49' })
  expect(await files.list(folder.path)).toEqual(['run.json'])
})

test('an update while another one is being written is written too', async () => {
  const written: string[] = []
  let proceed = () => {}
  const recorder = createRunRecorder(
    '/r/run.json',
    { marker: 'c' },
    {
      async write(_path, content) {
        await new Promise<void>((resolve) => {
          proceed = resolve
        })
        written.push(String(content))
      },
    },
  )
  recorder.update({ runId: 'first' })
  await new Promise(setImmediate)
  recorder.update({ runId: 'second' })
  proceed()
  await new Promise(setImmediate)
  proceed()
  await recorder.flush()
  expect(written.map((text) => JSON.parse(text).runId)).toEqual(['first', 'second'])
})

test('a disk that is full is told at the flush, not as an unhandled rejection', async () => {
  const full = new Error('ENOSPC')
  const recorder = createRunRecorder(
    '/r/run.json',
    { marker: 'c' },
    {
      write: () => Promise.reject(full),
    },
  )
  recorder.update({ runId: 'r-1' })
  await expect(recorder.flush()).rejects.toBe(full)
  expect(recorder.current().runId).toBe('r-1')
})

test('a record is continued, not started again', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'run.json')
  const first = createRunRecorder(path, { marker: 'c', runId: 'r-1' }, files)
  first.update({ close: { kind: 'claimed' } })
  await first.flush()
  const record = await readRunRecord(path, files)
  if (record === undefined) throw new Error('no record')
  expect(createRunRecorder(path, record, files).current()).toEqual(first.current())
})

test('no record is no error', async () => {
  await using folder = await temporaryFolder()
  expect(await readRunRecord(join(folder.path, 'run.json'), files)).toBeUndefined()
})

test.each([
  { name: 'nothing', content: '' },
  { name: 'half a record', content: '{"version":1,"marker":' },
  {
    name: 'another version',
    content: '{"version":2,"marker":"c","resultsWritten":false,"close":{"kind":"open"}}',
  },
  { name: 'no marker', content: '{"version":1,"marker":"","resultsWritten":false,"close":{"kind":"open"}}' },
  {
    name: 'the number of the first process',
    content: '{"version":1,"marker":"c","agent":{"pid":1},"resultsWritten":false,"close":{"kind":"open"}}',
  },
])('a file that holds $name is refused by its path', async ({ content }) => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'run.json')
  await writeFile(path, content)
  const error = await readRunRecord(path, files).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(RunnerError)
  expect(String(error)).toContain(path)
})
