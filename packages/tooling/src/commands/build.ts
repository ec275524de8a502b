import { join } from 'node:path'
import { buildAll } from '../build/build-all.ts'
import { codeBytes } from '../build/tree.ts'
import { runCommand } from '../command.ts'
import { root } from '../paths.ts'

// `npm run build -- github-action` builds only what comes from there.
await runCommand(async () => {
  const { made, missing } = await buildAll(root, process.argv.slice(2))
  for (const { dist } of made) {
    console.log(`${dist}: ${Math.round((await codeBytes(join(root, dist))) / 1000)} kB`)
  }
  for (const { entry } of missing) console.log(`left out, not written yet: ${entry}`)
  return 0
})
