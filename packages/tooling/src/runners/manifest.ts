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

/** What the last `npm run test:runners` found for a runner. */
export function readState(name: RunnerName): RunnerState {
  const manifest: Manifest = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  return manifest[name] ?? missing('nothing has looked for it yet: npm run test:runners')
}
