import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { planChanges } from '../generate/plan.ts'
import { root } from '../paths.ts'

const changes = await planChanges()
for (const { path, wanted } of changes) {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), wanted)
  console.log(`written: ${path}`)
}
if (changes.length === 0) console.log('Everything generated is up to date.')
