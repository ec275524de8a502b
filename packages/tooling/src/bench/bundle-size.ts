import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Figure } from './figure.ts'

/** What a run of the action compiles and keeps in memory beside the agent. */
export const bundleSize: Figure = {
  name: 'bundle',
  what: 'JavaScript of the run action that a run with a CLI at hand loads',
  limit: 1,
  unit: 'MB',
  async measure(bench) {
    const files = await bench.loadedBundleFiles()
    const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size))
    const bytes = sizes.reduce((sum, size) => sum + size, 0)
    return { value: bytes / 1e6, detail: files.map((file) => basename(file)).join(', ') }
  },
}
