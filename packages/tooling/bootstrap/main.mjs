import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from './error.mjs'
import { launch } from './launch.mjs'
import { root } from './paths.mjs'
import { ensureToolchain } from './toolchain.mjs'
import { ensureWorkspace } from './workspace.mjs'

const commandFolder = join(root, 'packages/tooling/src/commands')

/** Sets the project up as far as it is not, then runs one command and ends with that command's status. */
export async function main([command, ...args]) {
  try {
    if (command === 'pnpm') {
      const toolchain = ensureToolchain()
      process.exitCode = await launch(toolchain, [toolchain.pnpm, ...args])
      return
    }
    const file = join(commandFolder, `${command}.ts`)
    if (!command || !existsSync(file)) throw unknownCommand(command)
    const toolchain = ensureToolchain()
    ensureWorkspace(toolchain)
    process.exitCode = await launch(toolchain, ['--conditions=source', file, ...args])
  } catch (error) {
    const problem = asSetupError(error)
    console.error(`${problem.message}\n${problem.remedy}`)
    process.exitCode = 1
  }
}

function unknownCommand(command) {
  const known = readdirSync(commandFolder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => name.slice(0, -'.ts'.length))
  const what = command ? `There is no command '${command}'.` : 'Which command?'
  return new SetupError(what, `Known commands: ${[...known, 'pnpm'].join(', ')}.`)
}

function asSetupError(error) {
  if (error instanceof SetupError) return error
  const ofTheDisk = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT'].includes(error.code)
  if (!ofTheDisk) throw error
  return new SetupError(
    error.message,
    'The set-up writes .tools and node_modules: the checkout must be writable and the disk not full.',
  )
}
