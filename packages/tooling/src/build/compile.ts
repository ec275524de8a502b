import { cp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ToolingError } from '../command.ts'
import { root, scratchFolder } from '../paths.ts'
import { runTool } from '../tool.ts'

/** Strips the types of every package's source into its `lib`, where the packages' exports point for bundlers. */
export async function compile(): Promise<void> {
  const emitted = join(scratchFolder, 'lib')
  await rm(emitted, { recursive: true, force: true })
  if ((await runTool('tsc', ['-p', 'tsconfig.build.json'])) !== 0)
    throw new ToolingError('tsc could not compile the packages')
  for (const name of await readdir(emitted)) {
    const lib = join(root, 'packages', name, 'lib')
    await rm(lib, { recursive: true, force: true })
    await cp(join(emitted, name, 'src'), lib, { recursive: true })
  }
}
