import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../project.ts'
import { bundles } from './bundles.ts'
import { readTree } from './tree.ts'

/** Bundles that still have more chunks than their limit: the list may only get shorter. */
const UNTIL: readonly string[] = [
  'actions/run/dist',
  'actions/setup-oz-sim/dist/oz-sim',
  'actions/setup-oz-sim/dist/setup',
  'packages/oz-agent-buildkite-plugin/dist',
  'packages/cli/dist',
]

test.for(bundles.filter(({ dist }) => !UNTIL.includes(dist)))(
  '$dist is one file, its starters and at most $maxChunks chunks',
  async ({ dist, starts = [], maxChunks }) => {
    const files = (await readTree(join(root, dist))).map(({ path }) => path)
    const code = files.filter((path) => path.endsWith('.js'))
    const known = ['index.js', ...starts.map((name) => `${name}.js`)]
    expect(code).toEqual(expect.arrayContaining(known))
    expect(code.length - known.length).toBeLessThanOrEqual(maxChunks)
  },
)

test('the list of bundles to be repaired names bundles only', () => {
  expect(UNTIL.filter((dist) => !bundles.some((bundle) => bundle.dist === dist))).toEqual([])
})
