import { describeRunner } from '@oz-agent/test-runners'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { root } from '../src/project.ts'

const { stdout } = await execa('git', ['ls-files', '-z'], { cwd: root })
const files = stdout.split('\0').filter((path) => path !== '')
const workflows = files.filter((path) => /^(\.github\/workflows|examples\/github)\/.*\.ya?ml$/.test(path))
const manifests = files.filter((path) => /(^|\/)action\.yml$/.test(path))

describeRunner('actionlint', 'workflows and examples', (actionlint) => {
  test.for(workflows)('%s has no finding', async (workflow) => {
    const run = await execa(actionlint, ['-no-color', workflow], { cwd: root, reject: false, all: true })
    expect(run.all).toBe('')
  })
})

describeRunner('check-jsonschema', 'GitHub manifests', (checkJsonschema) => {
  test.for(manifests)('%s fits the schema of actions', async (manifest) => {
    const args = ['--builtin-schema', 'vendor.github-actions', manifest]
    const run = await execa(checkJsonschema, args, { cwd: root, reject: false, all: true })
    expect(run.exitCode, run.all).toBe(0)
  })
})
