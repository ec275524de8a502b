import { mkdir, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { finishAbandoned } from './cleanup.ts'
import { createNodeFiles } from './node/files.ts'
import { createNodeClock, createNodeProcesses, readMachine } from './node/ports.ts'
import type { RunningProcess } from './ports.ts'
import { RUN_MARKER } from './process/tree.ts'
import type { RunRecord } from './step/record.ts'
import { createRunRecorder } from './step/record.ts'
import { temporaryFolder } from './testing/index.ts'

const files = createNodeFiles()
const processes = createNodeProcesses()
const ports = { files, processes, clock: createNodeClock(), machine: readMachine() }
const linux = process.platform === 'linux'
const started: number[] = []

afterEach(() => {
  for (const pid of started.splice(0)) processes.signal(-pid, 'SIGKILL')
})

/** An agent whose step is gone; resolves when it has said its first line. */
async function orphan(sh: string, marker: string): Promise<RunningProcess & { readonly said: string }> {
  const env = { PATH: process.env.PATH, [RUN_MARKER]: marker }
  const agent = await processes.start({ file: '/bin/sh', args: ['-c', sh], env })
  started.push(agent.pid)
  let said = ''
  for await (const chunk of agent.stdout) {
    said += new TextDecoder().decode(chunk)
    if (said.includes('\n')) break
  }
  return Object.assign(agent, { said })
}

/** A CLI that notes how it was called. */
async function fakeCli(folder: string): Promise<{ path: string; calls: () => Promise<string> }> {
  const path = join(folder, 'oz')
  const log = join(folder, 'calls')
  await writeFile(path, `#!/bin/sh\nprintf '%s|' "$@" "$WARP_API_KEY" >> '${log}'\n`, { mode: 0o755 })
  return { path, calls: () => files.readText(log).catch(() => '') }
}

const finish = (
  folder: string,
  facts: Omit<Partial<RunRecord>, 'marker'> & { marker: string },
  cliPath?: string,
) => {
  const recorder = createRunRecorder(join(folder, 'run.json'), facts, files)
  const env = { PATH: process.env.PATH, WARP_API_KEY: 'wk-1' }
  const request = { cliPath, env, closeTimeout: 10_000, secretsFolder: join(folder, 'secrets') }
  return finishAbandoned(recorder, request, ports)
}

const LOOP = 'while :; do sleep 0.05; done'

test('ends the agent, closes the run and removes the secrets of a step that was killed', async () => {
  await using folder = await temporaryFolder()
  const secrets = join(folder.path, 'secrets')
  await mkdir(secrets)
  await writeFile(join(secrets, 'mcp.json'), '{}')
  const cli = await fakeCli(folder.path)
  const agent = await orphan(`trap 'exit 0' TERM; echo ready; ${LOOP}`, 'marker-1')
  const startTime = await processes.startTime(agent.pid)
  const record = { marker: 'marker-1', agent: { pid: agent.pid, startTime }, runId: 'r-1' }
  const report = await finish(folder.path, record, cli.path)
  expect(report).toEqual({
    killed: [],
    left: [],
    close: { kind: 'closed' },
    removedPrivateFolder: true,
    problems: [],
  })
  expect(await agent.exited).toEqual({ kind: 'code', code: 0 })
  expect(await cli.calls()).toBe(
    'harness-support|--run-id=r-1|report-shutdown|--error-category=process_exit|' +
      '--error-message=The CI step that ran the agent was killed.|wk-1|',
  )
  await expect(stat(secrets)).rejects.toThrow('ENOENT')
})

test('kills an agent that does not end when asked', async () => {
  await using folder = await temporaryFolder()
  const agent = await orphan(`trap '' TERM; echo ready; ${LOOP}`, 'marker-2')
  const startTime = await processes.startTime(agent.pid)
  const report = await finish(folder.path, { marker: 'marker-2', agent: { pid: agent.pid, startTime } })
  expect(report.left).toEqual([])
  expect(report.killed).toContain(agent.pid)
  expect(report.close).toEqual({ kind: 'nothing-to-close' })
})

test.runIf(linux)('finds a daemon of an agent that is gone itself', async () => {
  await using folder = await temporaryFolder()
  const agent = await orphan(`setsid sh -c 'echo $$; exec sleep 1000' & wait`, 'marker-3')
  const daemon = Number(agent.said)
  const startTime = await processes.startTime(agent.pid)
  processes.signal(agent.pid, 'SIGKILL')
  await agent.exited
  await finish(folder.path, { marker: 'marker-3', agent: { pid: agent.pid, startTime } })
  expect(await processes.startTime(daemon)).toBeUndefined()
})

test.runIf(linux)('finds an agent whose start was not noted any more', async () => {
  await using folder = await temporaryFolder()
  const agent = await orphan(`trap 'exit 0' TERM; echo ready; ${LOOP}`, 'marker-8')
  expect(await finish(folder.path, { marker: 'marker-8' })).toMatchObject({ killed: [], left: [] })
  expect(await agent.exited).toEqual({ kind: 'code', code: 0 })
})

test.each([
  { name: 'another start time', startTime: 'some boot/123' },
  { name: 'no start time', startTime: undefined },
])('spares a stranger that got the number of the agent: $name', async ({ startTime }) => {
  await using folder = await temporaryFolder()
  const stranger = await orphan(`echo ready; ${LOOP}`, 'marker of somebody else')
  const report = await finish(folder.path, { marker: 'marker-4', agent: { pid: stranger.pid, startTime } })
  expect(report).toMatchObject({ killed: [], left: [] })
  expect(await processes.startTime(stranger.pid)).toBeDefined()
})

test('does nothing after a step that did all of it itself', async () => {
  await using folder = await temporaryFolder()
  const cli = await fakeCli(folder.path)
  const record: RunRecord = {
    version: 1,
    marker: 'marker-5',
    agent: { pid: 2 ** 22 + 1, startTime: 'gone' },
    runId: 'r-1',
    resultsWritten: true,
    close: { kind: 'confirmed' },
  }
  const report = await finish(folder.path, record, cli.path)
  expect(report).toEqual({
    killed: [],
    left: [],
    close: { kind: 'already-closed' },
    removedPrivateFolder: false,
    problems: [],
  })
  expect(await cli.calls()).toBe('')
})

test('gives no reason for a run whose step had written its results', async () => {
  await using folder = await temporaryFolder()
  const cli = await fakeCli(folder.path)
  await finish(folder.path, { marker: 'marker-6', runId: 'r-1', resultsWritten: true }, cli.path)
  expect(await cli.calls()).toBe('harness-support|--run-id=r-1|report-shutdown|wk-1|')
})

test('spares a process that the record names and that does not carry the marker', async () => {
  await using folder = await temporaryFolder()
  const victim = await orphan(`echo ready; ${LOOP}`, 'marker of somebody else')
  const startTime = await processes.startTime(victim.pid)
  const report = await finish(folder.path, { marker: 'marker-7', agent: { pid: victim.pid, startTime } })
  expect(report).toMatchObject({ killed: [], left: [] })
  expect(await processes.startTime(victim.pid)).toBe(startTime)
})

test('removes a link in place of the folder of secrets, and not what it leads to', async () => {
  await using folder = await temporaryFolder()
  await using victim = await temporaryFolder()
  await writeFile(join(victim.path, 'precious'), 'x')
  await symlink(victim.path, join(folder.path, 'secrets'))
  expect((await finish(folder.path, { marker: 'marker-9' })).removedPrivateFolder).toBe(true)
  expect(await files.readText(join(victim.path, 'precious'))).toBe('x')
})
