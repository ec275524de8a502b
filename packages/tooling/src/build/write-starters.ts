import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Writes the files that start one half of a bundle each: `<name>.js` calls the function that the bundle's entry
 * exports under that name. So programs that share most of their code share it on disk too.
 */
export async function writeStarters(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await writeFile(join(folder, `${name}.js`), `import { ${name} } from './index.js'\nawait ${name}()\n`)
  }
}
