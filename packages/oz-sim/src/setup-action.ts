import { dirname, join } from 'node:path'
import { errorCommand } from './action/output-block.ts'
import { setUp } from './action/set-up.ts'
import { SimError } from './sim-error.ts'

try {
  // Where this file is, by how it was started: bundlers replace import.meta at build time.
  const bundle = join(dirname(process.argv[1] ?? ''), '..', 'oz-sim')
  const { path, record } = await setUp(process.env, {
    bundle,
    node: process.execPath,
    platform: process.platform,
  })
  process.stdout.write(`The stand-in for the Oz CLI is ${path}; its calls are recorded in ${record}\n`)
} catch (error) {
  if (!(error instanceof SimError)) throw error
  process.stdout.write(errorCommand(error.message))
  process.exitCode = 1
}
