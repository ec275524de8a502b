import { join } from 'node:path'
import { codeBytes } from '../build/tree.ts'
import { root } from '../paths.ts'
import type { Figure } from './figure.ts'

/** Every job that uses the action downloads it. */
export const bundleSize: Figure = {
  name: 'bundle',
  what: 'JavaScript of the run action, lazily loaded chunks included',
  limit: 1,
  unit: 'MB',
  async measure() {
    const bytes = await codeBytes(join(root, 'actions/run/dist'))
    return { value: bytes / 1e6, detail: `${Math.round(bytes / 1000)} kB in actions/run/dist` }
  },
}
