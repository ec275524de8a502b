import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { minify } from 'terser'

/** Shortens the chunks of lazily imported code in a bundle's folder: ncc itself only does that to `index.js`. */
export async function minifyChunks(folder: string): Promise<void> {
  const chunks = (await readdir(folder)).filter((name) => name.endsWith('.index.js'))
  for (const chunk of chunks) {
    const file = join(folder, chunk)
    const { code } = await minify(await readFile(file, 'utf8'), {
      module: true,
      compress: true,
      mangle: true,
    })
    if (code === undefined) throw new Error(`terser made nothing of ${file}`)
    await writeFile(file, code)
  }
}
