import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { createNodeFiles } from '../node/files.ts'
import { createNodeProcesses } from '../node/ports.ts'
import { fakeDoctorContext } from '../testing/fake-doctor-context.ts'
import { completed, FakeProcesses } from '../testing/fake-processes.ts'
import { fakeMachine, temporaryFolder } from '../testing/fakes.ts'
import { disk, tempFolder, workingFolder } from './machine.ts'

const MIB = 1024 * 1024
const { files } = fakeDoctorContext().ports

const ROOM: Record<string, [free: (folder: string) => Promise<number>, status: string]> = {
  'room enough': [async () => 10_000 * MIB, 'ok'],
  'little room': [async () => 1000 * MIB, 'warning'],
  'too little room': [async () => 100 * MIB, 'problem'],
  'too little room on one disk of several': [
    async (folder) => (folder === '/tmp' ? 1 : 10_000 * MIB),
    'problem',
  ],
  'a system that does not tell': [() => Promise.reject(new Error('ENOSYS')), 'skipped'],
}

test.each(Object.entries(ROOM))('%s', async (_, [freeSpace, status]) => {
  const finding = await disk.run(fakeDoctorContext({ ports: { files: { ...files, freeSpace } } }))
  expect(finding.status).toBe(status)
})

const mounts = (text: string) => ({
  ...files,
  readText: async (path: string) => (path === '/proc/mounts' ? text : files.readText(path)),
})

test('a temporary folder is written to, and nothing is left there', async () => {
  await using folder = await temporaryFolder()
  const machine = fakeMachine({ temp: folder.path })
  const finding = await tempFolder.run(fakeDoctorContext({ ports: { machine } }))
  expect(finding.status).toBe('ok')
  expect(await files.list(folder.path)).toEqual([])
})

test('a temporary folder that cannot be written to', async () => {
  const machine = fakeMachine({ temp: '/proc/nowhere' })
  expect(await tempFolder.run(fakeDoctorContext({ ports: { machine } }))).toMatchObject({
    status: 'problem',
    code: 'unavailable',
    repair: expect.stringContaining('TMPDIR'),
  })
})

test('a temporary folder where nothing may run is a warning, a tool folder a problem', async () => {
  await using folder = await temporaryFolder()
  const machine = fakeMachine({ temp: folder.path })
  const noexec = mounts(`tmpfs ${folder.path} tmpfs rw,noexec 0 0\n`)
  const temp = fakeDoctorContext({ ports: { machine, files: noexec } })
  expect(await tempFolder.run(temp)).toMatchObject({ status: 'warning' })
  const tools = fakeDoctorContext({
    ports: { machine, files: noexec },
    toolFolder: join(folder.path, 'tools'),
  })
  expect(await tempFolder.run(tools)).toMatchObject({ status: 'problem', code: 'unavailable' })
})

const env = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
}
const git = (cwd: string, ...args: string[]) => execa('git', args, { cwd, env, extendEnv: false })
const look = (checkout: string, inputs = {}) =>
  workingFolder.run(fakeDoctorContext({ env, checkout, inputs, ports: { processes: createNodeProcesses() } }))

test('the state of a working folder, from nothing to a shallow clone', async () => {
  await using folder = await temporaryFolder()
  const origin = join(folder.path, 'origin')
  await mkdir(origin)
  expect(await look(origin)).toMatchObject({
    status: 'warning',
    summary: expect.stringContaining('no working tree'),
  })
  await git(origin, 'init', '-q')
  await writeFile(join(origin, 'a'), '1')
  expect(await look(origin)).toMatchObject({
    status: 'warning',
    summary: expect.stringContaining('1 uncommitted file'),
  })
  await git(origin, 'add', '.')
  await git(origin, 'commit', '-q', '-m', 'one')
  expect(await look(origin)).toMatchObject({ status: 'ok', summary: `${origin}: git, clean` })
  await git(origin, 'commit', '-q', '--allow-empty', '-m', 'two')
  await git(folder.path, 'clone', '-q', '--depth=1', `file://${origin}`, 'clone')
  const shallow = await look(join(folder.path, 'clone'))
  expect(shallow).toMatchObject({ status: 'ok', summary: expect.stringContaining('git fetch --unshallow') })
})

test('the look at a working folder runs nothing that was planted in it', async () => {
  await using folder = await temporaryFolder()
  const mark = join(folder.path, 'it-ran')
  const program = join(folder.path, 'program')
  await writeFile(program, `#!/bin/sh\ntouch '${mark}'\ncat\n`, { mode: 0o755 })
  const origin = join(folder.path, 'origin')
  await mkdir(origin)
  await git(origin, 'init', '-q')
  await writeFile(join(origin, 'a'), '1')
  await git(origin, 'add', '.')
  await git(origin, 'commit', '-q', '-m', 'one')
  await git(origin, 'config', 'core.fsmonitor', program)
  await git(origin, 'config', 'filter.x.clean', program)
  await writeFile(join(origin, '.gitattributes'), '* filter=x\n')
  await writeFile(join(origin, 'a'), 'changed')
  expect(await look(origin)).toMatchObject({ summary: expect.stringContaining('2 uncommitted files') })
  expect(await createNodeFiles().info(mark)).toBeUndefined()
})

test('a working folder that is not there is a wrong input', async () => {
  expect(await look('/', { cwd: 'nowhere' })).toMatchObject({ status: 'problem', code: 'invalid-input' })
})

test("a managed run has no working folder of this machine's", async () => {
  expect(await look('/', { cloud: true })).toMatchObject({ status: 'skipped' })
})

test('a repository of another user, no git, and a git that hangs', async () => {
  const processes = new FakeProcesses()
  const context = fakeDoctorContext({ checkout: '/tmp', ports: { processes } })
  processes.answer = () =>
    completed({
      exit: { kind: 'code', code: 128 },
      stderr: 'fatal: detected dubious ownership in repository',
    })
  expect(await workingFolder.run(context)).toMatchObject({
    status: 'problem',
    repair: 'Run: git config --global --add safe.directory /tmp',
  })
  processes.answer = () => Promise.reject(new Error('ENOENT'))
  expect(await workingFolder.run(context)).toMatchObject({
    status: 'warning',
    repair: expect.stringContaining('Install git'),
  })
  processes.answer = () => completed({ timedOut: true })
  expect(await workingFolder.run(context)).toMatchObject({ status: 'warning' })
})
