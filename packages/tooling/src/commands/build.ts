import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Build, withBuild } from '../build/build.ts'
import { bundles } from '../build/bundles.ts'
import { codeBytes, differences, readTree } from '../build/tree.ts'
import { listFiles, root, runCommand } from '../project.ts'

// `npm run build -- github-action` builds only what comes from there; `--check` compares and writes nothing.
const args = process.argv.slice(2)
const parts = args.filter((arg) => arg !== '--check')
await runCommand(() => withBuild(parts, args.includes('--check') ? check : replace))

async function replace(build: Build): Promise<number> {
  for (const { dist } of build.bundles) {
    const [fresh, target] = [join(build.folder, dist), join(root, dist)]
    await mkdir(dirname(target), { recursive: true })
    await rm(target, { recursive: true, force: true })
    await rename(fresh, target)
    console.log(`${dist}: ${Math.round((await codeBytes(target)) / 1000)} kB`)
  }
  return 0
}

async function check(build: Build): Promise<number> {
  const problems = (await strayFiles()).map((file) => `${file}: no bundle of bundles.ts builds it`)
  for (const { dist } of build.bundles) {
    const lines = differences(await readTree(join(build.folder, dist)), await readTree(join(root, dist)))
    problems.push(...lines.map((line) => `${dist}: ${line}`))
  }
  if (problems.length === 0) {
    console.log(`All ${build.bundles.length} bundles are what their sources build.`)
    return 0
  }
  console.error(`The committed bundles are not what their sources build:\n${problems.join('\n')}`)
  console.error('Repair: npm run build, then commit the dist folders.')
  return 1
}

/** Files of folders named `dist` that belong to no bundle: nobody would notice that they are stale. */
async function strayFiles(): Promise<readonly string[]> {
  const files = await listFiles('*/dist/*')
  return files.filter((file) => !bundles.some(({ dist }) => file.startsWith(`${dist}/`)))
}
