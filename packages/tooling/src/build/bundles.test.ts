import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../project.ts'
import { bundles } from './bundles.ts'
import { readTree } from './tree.ts'

test.for(bundles)(
  '$dist is one file, its starters and at most $maxChunks chunks',
  async ({ dist, starts = [], maxChunks }) => {
    const files = (await readTree(join(root, dist))).map(({ path }) => path)
    const code = files.filter((path) => path.endsWith('.js'))
    const known = ['index.js', ...starts.map((name) => `${name}.js`)]
    expect(code).toEqual(expect.arrayContaining(known))
    expect(code.length - known.length).toBeLessThanOrEqual(maxChunks)
  },
)
