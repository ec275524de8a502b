import { join } from 'node:path'
import { buildAll } from '../build/build-all.ts'
import { readTree } from '../build/tree.ts'
import { root } from '../paths.ts'

// `npm run build -- github-action` builds only what comes from there.
const { made, missing } = await buildAll(root, process.argv.slice(2))

for (const { dist } of made) {
  const code = (await readTree(join(root, dist))).filter(({ path }) => path.endsWith('.js'))
  const kilobytes = Math.round(code.reduce((sum, { bytes }) => sum + bytes, 0) / 1000)
  console.log(`${dist}: ${kilobytes} kB in ${code.length} ${code.length === 1 ? 'file' : 'files'}`)
}
for (const { entry } of missing) console.log(`left out, not written yet: ${entry}`)
