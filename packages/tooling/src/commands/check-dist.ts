import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { buildAll } from '../build/build-all.ts'
import { differences, readTree } from '../build/tree.ts'
import { runCommand } from '../command.ts'
import { root, scratchFolder } from '../paths.ts'

const rebuilt = join(scratchFolder, 'check-dist')

await runCommand(async () => {
  await rm(rebuilt, { recursive: true, force: true })
  const { made, missing } = await buildAll(rebuilt)
  for (const { entry } of missing) console.log(`left out, not written yet: ${entry}`)

  const problems: string[] = []
  for (const { dist } of made) {
    const lines = differences(await readTree(join(rebuilt, dist)), await readTree(join(root, dist)))
    problems.push(...lines.map((line) => `${dist}: ${line}`))
  }
  if (problems.length === 0) {
    console.log(`All ${made.length} bundles are what their sources build.`)
    return 0
  }
  console.error(`The committed bundles are not what their sources build:\n${problems.join('\n')}`)
  console.error('Repair: npm run build, then commit the dist folders.')
  return 1
})
