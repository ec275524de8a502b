import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { ToolingError } from '../command.ts'
import { root } from '../paths.ts'
import type { Bundle } from './bundles.ts'
import { foldMissing } from './fold-missing.ts'
import { packedPackages, renderLicences } from './licences.ts'
import { minifyChunks } from './minify-chunks.ts'
import { writeStarters } from './write-starters.ts'

/**
 * Packs one compiled program with everything that it imports into `<outputRoot>/<dist>/index.js`,
 * an ES module without source map, with the licences of what it contains beside it.
 */
export async function bundle({ entry, dist, starts = [] }: Bundle, outputRoot: string): Promise<void> {
  const compiled = join(root, entry.replace('/src/', '/lib/').replace(/\.ts$/, '.js'))
  const output = join(outputRoot, dist)
  await rm(output, { recursive: true, force: true })
  const modules = `${output}.modules.json`
  const options = ['--out', output, '--minify', '--no-cache', '--stats-out', modules, '--quiet']
  const run = await execa('ncc', ['build', compiled, ...options], {
    cwd: root,
    preferLocal: true,
    all: true,
    reject: false,
  })
  if (run.failed) throw new ToolingError(`ncc could not bundle ${entry}:\n${withoutStack(run.all)}`)
  await minifyChunks(output)
  await foldMissing(output)
  await writeFile(join(output, 'licenses.txt'), renderLicences(await packedPackages(modules)))
  await rm(modules)
  await writeStarters(output, starts)
}

function withoutStack(output: string): string {
  return output
    .split('\n')
    .filter((line) => !/^\s+at /.test(line))
    .join('\n')
}
