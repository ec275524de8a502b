import { join } from 'node:path'
import { buildAll } from '../build/build-all.ts'
import { codeBytes } from '../build/tree.ts'
import { runCommand } from '../command.ts'
import { root } from '../paths.ts'

// `npm run build -- github-action` builds only what comes from there.
await runCommand(async () => {
  const made = await buildAll(root, process.argv.slice(2))
  for (const { dist } of made) {
    console.log(`${dist}: ${Math.round((await codeBytes(join(root, dist))) / 1000)} kB`)
  }
  return 0
})
