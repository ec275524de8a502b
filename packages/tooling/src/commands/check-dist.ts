import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { buildAll } from '../build/build-all.ts'
import { bundles } from '../build/bundles.ts'
import { differences, readTree } from '../build/tree.ts'
import { runCommand } from '../command.ts'
import { root, scratchFolder } from '../paths.ts'

/** Committed files of folders named `dist` that belong to no bundle: nobody would notice that they are stale. */
async function strayFiles(): Promise<string[]> {
  const { stdout } = await execa('git', ['ls-files', '*/dist/*'], { cwd: root, lines: true })
  return stdout.filter((file) => !bundles.some(({ dist }) => file.startsWith(`${dist}/`)))
}

const rebuilt = join(scratchFolder, 'check-dist')

await runCommand(async () => {
  await rm(rebuilt, { recursive: true, force: true })
  const made = await buildAll(rebuilt)
  const problems = (await strayFiles()).map((file) => `${file}: no bundle of bundles.ts builds it`)
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
