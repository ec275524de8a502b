import { join } from 'node:path'
import { describeRunner } from '@oz-agent/test-runners'
import { execa } from 'execa'
import { expect, it } from 'vitest'
import { PLUGIN_FOLDER } from './support/pipelines.ts'

describeRunner('bats', 'the hooks of the Buildkite plugin', (bats) => {
  it('passes every test of the shell lines', async () => {
    const run = await execa(bats, [join(PLUGIN_FOLDER, 'test/hooks.bats')], { all: true, reject: false })
    expect(run.exitCode, run.all).toBe(0)
  })
})

describeRunner('shellcheck', 'the hooks of the Buildkite plugin', (shellcheck) => {
  it('finds nothing', async () => {
    const options = { cwd: PLUGIN_FOLDER, all: true, reject: false } as const
    const files = ['hooks/command', 'hooks/pre-exit', 'shell/node.bash', 'test/hooks.bats']
    const run = await execa(shellcheck, ['--external-sources', '--shell=bash', ...files], options)
    expect(run.exitCode, run.all).toBe(0)
  })
})
