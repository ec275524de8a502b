import { existsSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { toolsFolder } from '../paths.ts'
import { missing, type RunnerName, type RunnerState } from './runner.ts'

const file = join(toolsFolder, 'runners/manifest.json')

type Manifest = Partial<Record<RunnerName, RunnerState>>

/** Leaves word for the tests, which run in processes of their own. */
export async function writeManifest(manifest: Manifest): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, JSON.stringify(manifest, null, 2))
}

/**
 * What the last `npm run test:runners` found for a runner, unless a variable names another one to be tested with:
 * `OZ_TEST_BUILDKITE_AGENT_V4=/path/of/a/binary`.
 */
export function readState(name: RunnerName): RunnerState {
  const given = process.env[`OZ_TEST_${name.toUpperCase().replaceAll('-', '_')}`]
  if (given) return { kind: 'ready', path: given, version: 'as given' }
  const manifest: Manifest = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  return manifest[name] ?? missing('nothing has looked for it yet: npm run test:runners')
}
