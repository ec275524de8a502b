import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createNodePorts } from '@oz-agent/core'
import { temporaryFolder } from '@oz-agent/core/testing'
import { expect, test } from 'vitest'
import { createGitLabAdapter } from './adapter.ts'

const ports = createNodePorts()
const folderCache = (folder: string) => ({
  restore: () => Promise.reject(new Error(folder)),
  save: () => Promise.reject(new Error(folder)),
})
const KEY = { WARP_API_KEY: 'wk-1', WARP_API_KEY_FILE: '/run/key' }
const FORK = {
  CI_PROJECT_ID: '1217',
  CI_MERGE_REQUEST_IID: '5',
  CI_MERGE_REQUEST_PROJECT_ID: '1217',
  CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '99',
}
const adapterOf = (env: Record<string, string>, phase: 'job' | 'after' = 'job') =>
  createGitLabAdapter({ ...KEY, ...env }, { ...ports, folderCache }, phase)

test('the code of a fork meets no key, whoever handed one to the job', async () => {
  const { ci } = await adapterOf(FORK)
  expect(ci.env).not.toHaveProperty('WARP_API_KEY')
  expect(ci.env).not.toHaveProperty('WARP_API_KEY_FILE')
  expect(await ci.keylessByDesign()).toContain('merge request !5 comes from a fork')
})

test('a pipeline that runs in the fork for a merge request of the parent project meets none either', async () => {
  const { ci } = await adapterOf({ ...FORK, CI_PROJECT_ID: '99' })
  expect(ci.env).not.toHaveProperty('WARP_API_KEY')
  expect(await ci.keylessByDesign()).toContain('comes from a fork')
})

test('a merge request of the project itself keeps the key', async () => {
  const { ci } = await adapterOf({ ...FORK, CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '1217' })
  expect(ci.env).toMatchObject(KEY)
  expect(await ci.keylessByDesign()).toBeUndefined()
})

test('a pipeline that no comment started is none of ours when comments are to be answered', async () => {
  const { ci, inputs } = await adapterOf({ OZ_INPUT_MENTION: '@oz' })
  expect(inputs.nothingToDo).toBe('the pipeline was not started by a comment')
  expect(ci.env).not.toHaveProperty('WARP_API_KEY')
})

test('after_script reads no comment again', async () => {
  const { inputs } = await adapterOf({ OZ_INPUT_MENTION: '@oz', TRIGGER_PAYLOAD: '/gone' }, 'after')
  expect(inputs.nothingToDo).toBeUndefined()
})

test('a comment is not trusted when nobody can be asked for the role of its author', async () => {
  await using folder = await temporaryFolder()
  const payload = {
    object_kind: 'note',
    project_id: 1217,
    object_attributes: { id: 9, note: '@oz do it', noteable_type: 'Issue', author_id: 3 },
    issue: { iid: 4 },
  }
  const path = join(folder.path, 'payload.json')
  await ports.files.write(path, JSON.stringify(payload))
  const { inputs } = await adapterOf({
    OZ_INPUT_MENTION: '@oz',
    TRIGGER_PAYLOAD: path,
    CI_PROJECT_ID: '1217',
  })
  expect(inputs.failure).toMatchObject({ message: expect.stringContaining('there is no OZ_GITLAB_TOKEN') })
})

test('after_script finds the folder of the step again', async () => {
  const env = { CI_PROJECT_DIR: '/builds/project', CI_JOB_ID: '4711' }
  const folders = await Promise.all(
    (['job', 'after'] as const).map(async (phase) => (await adapterOf(env, phase)).ci.stepFolder),
  )
  expect(folders).toEqual([
    join(ports.machine.temp, 'oz-agent-4711'),
    join(ports.machine.temp, 'oz-agent-4711'),
  ])
})

test('the folder of results is kept out of commits, unless it is one that the user chose', async () => {
  await using folder = await temporaryFolder()
  const machine = { ...ports.machine, temp: folder.path }
  const remember = async (env: Record<string, string>) => {
    const all = { CI_PROJECT_DIR: folder.path, ...env }
    const { ci, reporter } = await createGitLabAdapter(all, { ...ports, machine, folderCache }, 'job')
    await ports.files.makeFolder(ci.resultFolder)
    await reporter.remember?.()
  }
  await remember({ OZ_RESULT_FOLDER: 'reports' })
  expect(existsSync(join(folder.path, '.oz-agent'))).toBe(false)
  await remember({ CI_JOB_NAME_SLUG: 'review' })
  expect(await readFile(join(folder.path, '.oz-agent/.gitignore'), 'utf8')).toBe('*\n')
})

test.for<[name: string, env: Record<string, string>, folder: string | undefined]>([
  ['no cache was asked for', {}, undefined],
  [
    'the template names a folder of the checkout',
    { OZ_CACHE_FOLDER: '.oz-agent/cache' },
    '/checkout/.oz-agent/cache',
  ],
  ['the user names one of the runner', { OZ_CACHE_FOLDER: '/cache/oz' }, '/cache/oz'],
])('cache: %s', async ([, env, folder]) => {
  const { ci } = await adapterOf({ CI_PROJECT_DIR: '/checkout', ...env })
  const cache = ci.platformCache
  const used = await cache?.restore('key', '/to').catch((error: Error) => error.message)
  expect(used).toBe(folder)
})
