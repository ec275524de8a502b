import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeRunner } from '@oz-agent/test-runners'
import { execa } from 'execa'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const workflows = ['examples/github', '.github/workflows'].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.yml'))
    .map((name) => join(folder, name)),
)

describeRunner('actionlint', 'actionlint finds nothing to say about', (actionlint) => {
  test.each(workflows)('%s', async (file) => {
    const { exitCode, all } = await execa(actionlint, ['-no-color', file], {
      cwd: ROOT,
      reject: false,
      all: true,
    })
    expect(exitCode, all).toBe(0)
  })
})
