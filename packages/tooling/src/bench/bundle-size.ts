import { join } from 'node:path'
import { codeBytes } from '../build/tree.ts'
import { root } from '../paths.ts'
import type { Figure } from './figure.ts'

/** Every job that uses the action downloads it. */
export const bundleSize: Figure = {
  name: 'bundle',
  what: 'JavaScript of the run action, main and post together',
  limit: 1,
  unit: 'MB',
  async measure() {
    const [main, post] = await Promise.all(
      ['main', 'post'].map((name) => codeBytes(join(root, 'actions/run/dist', name))),
    )
    const kilobytes = (bytes = 0) => Math.round(bytes / 1000)
    return {
      value: ((main ?? 0) + (post ?? 0)) / 1e6,
      detail: `main ${kilobytes(main)} kB, post ${kilobytes(post)} kB`,
    }
  },
}
