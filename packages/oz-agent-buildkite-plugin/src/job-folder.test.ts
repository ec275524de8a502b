import { join } from 'node:path'
import { createNodePorts } from '@oz-agent/core'
import { temporaryFolder } from '@oz-agent/core/testing'
import { describe, expect, it } from 'vitest'
import {
  configurationDigest,
  jobFolderOf,
  readUseRecords,
  removeUseRecord,
  takeUseFolders,
  useFolders,
  writeUseRecord,
} from './job-folder.ts'

const { files } = createNodePorts()

describe('the folder of a job', () => {
  it.each([
    ['a usual id', { BUILDKITE_JOB_ID: '0123-ab', TMPDIR: '/t' }, '/t/oz-agent-0123-ab'],
    ['an id with odd characters', { BUILDKITE_JOB_ID: '../x', TMPDIR: '/t/' }, '/t/oz-agent-___x'],
    ['no TMPDIR', { BUILDKITE_JOB_ID: 'j' }, '/temp/oz-agent-j'],
  ])('has a name with %s', (_, env, path) => {
    expect(jobFolderOf(env, { temp: '/temp' })).toBe(path)
  })

  it('has a place for each use of the plugin', async () => {
    await using folder = await temporaryFolder()
    const env = { BUILDKITE_JOB_ID: 'j', TMPDIR: folder.path }
    const take = () => takeUseFolders(env, { temp: '/nowhere' }, files)
    const uses = [await take(), await take(), await take()]
    expect(uses.map(({ use, resultName }) => [use, resultName])).toEqual([
      [1, 'oz-agent'],
      [2, 'oz-agent-2'],
      [3, 'oz-agent-3'],
    ])
    expect((await files.info(join(folder.path, 'oz-agent-j')))?.mode).toBe(0o700)
    expect(uses[1]).toEqual(useFolders(join(folder.path, 'oz-agent-j'), 2))
  })
})

describe('the records of the uses', () => {
  it('are read back, and gone when removed', async () => {
    await using folder = await temporaryFolder()
    const record = { use: 2, configuration: 'abc' }
    await writeUseRecord(folder.path, record, files)
    expect(await readUseRecords(folder.path, files)).toEqual([record])
    await removeUseRecord(folder.path, record, files)
    expect(await readUseRecords(folder.path, files)).toEqual([])
  })

  it('are none where the folder is not', async () => {
    expect(await readUseRecords('/nowhere/at/all', files)).toEqual([])
  })

  it('tell the options of two uses apart', () => {
    const digests = ['{"prompt":"a"}', '{"prompt":"b"}', undefined].map((configuration) =>
      configurationDigest({ BUILDKITE_PLUGIN_CONFIGURATION: configuration }),
    )
    expect(new Set(digests).size).toBe(3)
  })
})
