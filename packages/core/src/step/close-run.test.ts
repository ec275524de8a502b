import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createNodeFiles } from '../node/files.ts'
import type { CompletedProcess } from '../ports.ts'
import { completed, FakeProcesses, temporaryFolder } from '../testing/index.ts'
import { type CloseRequest, closeRun } from './close-run.ts'
import { createRunRecorder, type RunRecord, readRunRecord } from './record.ts'

const files = createNodeFiles()
const main: CloseRequest = {
  by: 'main',
  cliPath: '/opt/oz',
  env: { WARP_API_KEY: 'wk-1' },
  reason: undefined,
  timeout: 8000,
}
const after: CloseRequest = { ...main, by: 'after' }

function setUp(folder: string, facts: Partial<RunRecord> = { runId: 'r-1' }) {
  const processes = new FakeProcesses()
  const path = join(folder, 'run.json')
  const recorder = createRunRecorder(path, { marker: 'c', ...facts }, files)
  const ports = { files, processes }
  /** What another process would do that reads the record from the disk. */
  const fromDisk = async (request: CloseRequest) => {
    const record = await readRunRecord(path, files)
    if (record === undefined) throw new Error('no record')
    return closeRun(createRunRecorder(path, record, files), request, ports)
  }
  const calls = () => processes.ran.map(({ args }) => args)
  return { processes, recorder, ports, path, fromDisk, calls }
}

test('reports the shutdown with the key in the environment alone', async () => {
  await using folder = await temporaryFolder()
  const { processes, recorder, ports } = setUp(folder.path)
  expect(await closeRun(recorder, main, ports)).toEqual({ kind: 'closed' })
  expect(processes.ran).toEqual([
    { file: '/opt/oz', args: ['harness-support', '--run-id=r-1', 'report-shutdown'], env: main.env },
  ])
})

test('says why a run did not end well: category and message, both', async () => {
  await using folder = await temporaryFolder()
  const { recorder, ports, calls } = setUp(folder.path)
  await closeRun(recorder, { ...main, reason: { category: 'oom', message: 'No memory.' } }, ports)
  expect(calls()[0]?.slice(-2)).toEqual(['--error-category=oom', '--error-message=No memory.'])
})

test('never twice: by the same step, by two at once, or by the step after it', async () => {
  await using folder = await temporaryFolder()
  const { recorder, ports, fromDisk, calls } = setUp(folder.path)
  const ends = await Promise.all([closeRun(recorder, main, ports), closeRun(recorder, main, ports)])
  expect(ends.map(({ kind }) => kind).sort()).toEqual(['already-closed', 'closed'])
  expect(await closeRun(recorder, main, ports)).toEqual({ kind: 'already-closed' })
  expect(await fromDisk(after)).toEqual({ kind: 'already-closed' })
  expect(calls()).toHaveLength(1)
})

test('the step after it closes a run that nobody closed', async () => {
  await using folder = await temporaryFolder()
  const { recorder, fromDisk, calls } = setUp(folder.path)
  await recorder.flush()
  expect(await fromDisk(after)).toEqual({ kind: 'closed' })
  expect(await fromDisk(after)).toEqual({ kind: 'already-closed' })
  expect(calls()).toHaveLength(1)
})

test('the step after it reports again when the first one died over it', async () => {
  await using folder = await temporaryFolder()
  const { processes, recorder, ports, fromDisk, calls } = setUp(folder.path)
  await recorder.flush()
  let asked = () => {}
  const reached = new Promise<void>((resolve) => {
    asked = resolve
  })
  processes.answer = () => {
    asked()
    // The CI kills the step here.
    return new Promise<CompletedProcess>(() => {})
  }
  void closeRun(recorder, main, ports)
  await reached
  await recorder.flush()
  processes.answer = () => completed()
  expect(await fromDisk(after)).toEqual({ kind: 'closed' })
  expect(calls()).toHaveLength(2)
})

const failures: { name: string; answer: () => CompletedProcess; reason: RegExp }[] = [
  {
    name: 'does not answer in time',
    answer: () => completed({ exit: { kind: 'signal', signal: 'SIGKILL' }, timedOut: true }),
    reason: /within 8 s/,
  },
  {
    name: 'refuses',
    answer: () => completed({ exit: { kind: 'code', code: 1 }, stderr: 'Invalid API key\n' }),
    reason: /status 1: Invalid API key$/,
  },
  {
    name: 'crashes',
    answer: () => completed({ exit: { kind: 'signal', signal: 'SIGSEGV' } }),
    reason: /SIGSEGV$/,
  },
  {
    name: 'is gone',
    answer: () => {
      throw new Error('/opt/oz cannot be started')
    },
    reason: /cannot be started/,
  },
]

test.each(failures)('a CLI that $name is a reason, and the step after it tries once more', async (row) => {
  await using folder = await temporaryFolder()
  const { processes, recorder, ports, fromDisk } = setUp(folder.path)
  processes.answer = row.answer
  const end = await closeRun(recorder, main, ports)
  expect(end).toEqual({ kind: 'failed', reason: expect.stringMatching(row.reason) })
  await recorder.flush()
  expect(recorder.current().close).toEqual({ kind: 'claimed' })
  processes.answer = () => completed()
  expect(await fromDisk(after)).toEqual({ kind: 'closed' })
})

test.each([
  { name: 'the agent never named a run', facts: {}, cliPath: '/opt/oz' },
  { name: 'no CLI was found', facts: { runId: 'r-1' }, cliPath: undefined },
])('there is nothing to close when $name', async ({ facts, cliPath }) => {
  await using folder = await temporaryFolder()
  const { recorder, ports, calls } = setUp(folder.path, facts)
  expect(await closeRun(recorder, { ...main, cliPath }, ports)).toEqual({ kind: 'nothing-to-close' })
  expect(calls()).toEqual([])
})

test('a folder that cannot be written to is a reason, not a crash', async () => {
  await using folder = await temporaryFolder()
  const { recorder, ports, path } = setUp(folder.path)
  await mkdir(path)
  expect(await closeRun(recorder, main, ports)).toMatchObject({ kind: 'failed' })
})

test('no file that closing leaves holds the key', async () => {
  await using folder = await temporaryFolder()
  const { recorder, ports } = setUp(folder.path)
  await closeRun(recorder, main, ports)
  const names = await readdir(folder.path)
  expect(names.sort()).toEqual(['run.json', 'run.json.closed-by-main'])
  for (const name of names) expect(await files.readText(join(folder.path, name))).not.toContain('wk-1')
})
