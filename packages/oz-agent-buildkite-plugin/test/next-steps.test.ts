import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from '@oz-agent/core/testing'
import { execa } from 'execa'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { EXAMPLES } from './support/pipelines.ts'

const script = join(EXAMPLES, 'dynamic/next-steps.mjs')

it.each([
  [
    'an upgrade is tested',
    { outcome: 'succeeded', statistics: { edited_file_count: 2 } },
    {
      command: expect.stringMatching(
        /^buildkite-agent artifact download .*\ngit apply --index oz-agent\/changes\.patch\nmake test-upgrade$/,
      ),
    },
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

const PATCH = `diff --git a/docs.md b/docs.md
new file mode 100644
--- /dev/null
+++ b/docs.md
@@ -0,0 +1 @@
+repaired
`

it('the example with an approval: the patch is pushed from a machine without a git identity', async () => {
  await using folder = await temporaryFolder()
  const [origin, checkout, bin] = ['origin.git', 'checkout', 'bin'].map((name) => join(folder.path, name))
  const env = {
    PATH: `${bin}:${process.env.PATH}`,
    HOME: folder.path,
    GIT_CONFIG_NOSYSTEM: '1',
    // Without it git makes up an identity from the names of the user and the machine, where it can.
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'user.useConfigOnly',
    GIT_CONFIG_VALUE_0: 'true',
    BUILDKITE_BUILD_NUMBER: '12',
  }
  const options = { env, extendEnv: false, cwd: folder.path }
  await execa('git', ['init', '--quiet', '--bare', `${origin}`], options)
  await execa('git', ['clone', '--quiet', `${origin}`, `${checkout}`], options)
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com']
  const commit = [...identity, 'commit', '--quiet', '--allow-empty', '--message', 'first']
  await execa('git', commit, { ...options, cwd: `${checkout}` })
  await mkdir(`${bin}`)
  await writeFile(join(folder.path, 'changes.patch'), PATCH)
  const download = `#!/bin/sh\nmkdir -p oz-agent && cp "${folder.path}/changes.patch" oz-agent/\n`
  await writeFile(join(`${bin}`, 'buildkite-agent'), download, { mode: 0o755 })

  const pipeline = parse(await readFile(join(EXAMPLES, 'block-before-push.yml'), 'utf8'))
  const command: string = pipeline.steps.at(-1).command.replaceAll('$$', () => '$')
  await execa('bash', ['-e', '-c', command], { ...options, cwd: `${checkout}` })

  const { stdout } = await execa('git', ['show', 'oz/docs-12:docs.md'], { ...options, cwd: `${origin}` })
  expect(stdout).toBe('repaired')
})
