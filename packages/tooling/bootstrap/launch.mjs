import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { root } from './paths.mjs'

/**
 * Runs Node 24 with these arguments, with its folder first on PATH, and hands signals on to it.
 * Returns its exit status, or 128 + the signal that ended it, as a shell does.
 */
export function launch(toolchain, args) {
  const path = [dirname(toolchain.node), join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter)
  const child = spawn(toolchain.node, args, { stdio: 'inherit', env: { ...process.env, PATH: path } })
  // A terminal sends Ctrl-C to the child as well: twice would read as "at once".
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGHUP', () => child.kill('SIGHUP'))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (status, signal) => resolve(status ?? 128 + (constants.signals[signal] ?? 0)))
  })
}
