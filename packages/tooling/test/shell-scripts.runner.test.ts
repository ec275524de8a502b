import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeRunner } from '@oz-agent/test-runners'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { root } from '../src/project.ts'

const { stdout } = await execa('git', ['ls-files', '-z'], { cwd: root })
const scripts = stdout.split('\0').filter((path) => path !== '' && isShellScript(path))

describeRunner('shellcheck', 'shell scripts', (shellcheck) => {
  test.for(scripts)('%s has no finding', async (script) => {
    const run = await execa(shellcheck, ['--external-sources', '--format=gcc', script], {
      cwd: root,
      reject: false,
    })
    expect(run.stdout).toBe('')
  })
})

function isShellScript(path: string): boolean {
  if (/\.(sh|bash|bats)$/.test(path)) return true
  if (/\.[a-z]+$/i.test(path)) return false
  return /^#!.*\b(bash|sh)\n/.test(readFileSync(join(root, path), 'utf8').slice(0, 80))
}
