import { readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { mainBundle } from './bench.ts'
import type { Figure } from './figure.ts'

/** Everything that a job downloads with the action, most of it for what few runs need: GitHub's cache, HTTP, doctor. */
export const bundleTotal: Figure = {
  name: 'bundle-total',
  what: 'All JavaScript of the run action, lazily loaded chunks included',
  limit: undefined,
  unit: 'MB',
  async measure() {
    const folder = dirname(mainBundle)
    const names = (await readdir(folder)).filter((name) => name.endsWith('.js'))
    const sizes = await Promise.all(
      names.map(async (name) => ({ name, size: (await stat(join(folder, name))).size })),
    )
    const [largest] = sizes.toSorted((a, b) => b.size - a.size)
    const bytes = sizes.reduce((sum, { size }) => sum + size, 0)
    return {
      value: bytes / 1e6,
      detail: `${names.length} files; the largest is ${largest?.name} with ${Math.round((largest?.size ?? 0) / 1000)} kB`,
    }
  },
}
