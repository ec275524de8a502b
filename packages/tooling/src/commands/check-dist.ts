import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { buildAll } from '../build/build-all.ts'
import { differences, readTree } from '../build/tree.ts'
import { root, scratchFolder } from '../paths.ts'

const rebuilt = join(scratchFolder, 'check-dist')
await rm(rebuilt, { recursive: true, force: true })
const { made, missing } = await buildAll(rebuilt)

const problems: string[] = []
for (const { dist } of made) {
  const lines = differences(await readTree(join(rebuilt, dist)), await readTree(join(root, dist)))
  problems.push(...lines.map((line) => `${dist}: ${line}`))
}
for (const { entry } of missing) console.log(`left out, not written yet: ${entry}`)
if (problems.length === 0) {
  console.log(`${made.length} bundles are what their sources build.`)
} else {
  console.error(`The committed bundles are not what their sources build:\n${problems.join('\n')}`)
  console.error('Repair: npm run build, then commit the dist folders.')
  process.exitCode = 1
}
