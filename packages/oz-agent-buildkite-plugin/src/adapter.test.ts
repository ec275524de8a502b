import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createNodePorts, type Environment } from '@oz-agent/core'
import { temporaryFolder } from '@oz-agent/core/testing'
import { expect, it } from 'vitest'
import { createAdapter } from './adapter.ts'
import { defaultTimeout } from './ci.ts'
import { readConfiguration } from './inputs/configuration.ts'
import { useFolders } from './job-folder.ts'

const partsOf = (env: Environment, checkout: string) => ({
  env,
  ports: createNodePorts(),
  jobApi: { redact: async () => true },
  configuration: readConfiguration(env),
  folders: useFolders(join(checkout, '../job'), 1),
  checkout,
})

const ciIn = async (checkout: string, options: object) => {
  const env = { BUILDKITE_PLUGIN_CONFIGURATION: JSON.stringify(options) }
  return (await createAdapter(partsOf(env, checkout))).adapter.ci
}

it('keeps the CLI in the folder that the user names, and nothing else of that folder is touched', async () => {
  await using folder = await temporaryFolder()
  const checkout = join(folder.path, 'checkout')
  const archive = join(folder.path, 'archive')
  const back = join(folder.path, 'back')
  for (const path of [archive, back, join(checkout, '.cache/of-another-tool')])
    await mkdir(path, { recursive: true })
  await writeFile(join(archive, 'cli.tar.gz'), 'bytes')
  const cache = (await ciIn(checkout, { 'cache-folder': '.cache' })).platformCache

  for (const key of ['release-1', 'release-2', 'release-3']) await cache?.save(key, archive)
  expect(await cache?.restore('release-3', back)).toBe(true)
  expect(await readFile(join(back, 'cli.tar.gz'), 'utf8')).toBe('bytes')
  expect(await cache?.restore('release-4', back)).toBe(false)
  const { files } = createNodePorts()
  expect(await files.list(join(checkout, '.cache'))).toContain('of-another-tool')
  expect(await files.list(join(checkout, '.cache/oz-agent'))).toHaveLength(2)
})

it('has no such folder unless one is named', async () => {
  expect((await ciIn('/checkout', { prompt: 'x' })).platformCache).toBeUndefined()
})

it("takes the time of the step's own command from the agent's deadline, when the agent is called", () => {
  const env = { BUILDKITE_TIMEOUT: '30' }
  expect(defaultTimeout(env, 10 * 60_000)).toBe(19 * 60_000)
})
