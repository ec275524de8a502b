import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from '@oz-agent/core/testing'
import { execa } from 'execa'
import { expect, it } from 'vitest'
import { EXAMPLES } from './support/pipelines.ts'

const script = join(EXAMPLES, 'dynamic/next-steps.mjs')

it.each([
  [
    'an upgrade is tested',
    { outcome: 'succeeded', statistics: { edited_file_count: 2 } },
    { command: 'make test-upgrade' },
  ],
  ['nothing to upgrade', { outcome: 'succeeded', statistics: { edited_file_count: 0 } }, { command: 'true' }],
  [
    'a failure waits for a person',
    { outcome: 'agent-failed', reason: 'no $HOME' },
    { block: expect.stringContaining('no $$HOME') },
  ],
])('the dynamic example: %s', async (_, result, step) => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'result.json')
  await writeFile(path, JSON.stringify({ reason: '', ...result }))
  const { stdout } = await execa(process.execPath, [script, path])
  expect(JSON.parse(stdout).steps).toEqual([expect.objectContaining(step)])
})
