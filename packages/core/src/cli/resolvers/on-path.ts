import { posix, win32 } from 'node:path'
import type { Environment } from '../../ports.ts'
import type { CliContext, CliResolver, Finding } from '../cli-context.ts'
import { commandName } from '../command-name.ts'
import { probe } from '../probe.ts'

/** A CLI on PATH. `latest` takes whichever version it is; a pinned version must match. */
export const onPath: CliResolver = {
  source: 'path',
  async find({ request, context }): Promise<Finding> {
    const command = commandName(request.channel)
    const candidates = candidatesOnPath(command, context)
    if (request.sha256 !== undefined) {
      return {
        why: `not searched, ${context.nameOf('ozSha256')} asks for one archive and an installed CLI does not tell which it came from`,
      }
    }
    const reasons: string[] = []
    for (const path of candidates) {
      if ((await infoOf(path, context))?.kind !== 'file') continue
      const result = await probe(path, context)
      if (!result.ok) {
        reasons.push(`${path} does not run: ${result.problem}`)
      } else if (request.version !== 'latest' && request.version !== result.version) {
        reasons.push(`${path} is version ${result.version}, not ${request.version}`)
      } else {
        return {
          cli: { path, version: result.version, sha256: undefined, source: 'path' },
          why: `taken, ${path} is version ${result.version}`,
        }
      }
    }
    return { why: `not taken, ${reasons.length > 0 ? reasons.join('; ') : `there is no ${command} on PATH`}` }
  },
}

/** A folder that cannot be read is like one that is not there. */
async function infoOf(path: string, context: CliContext) {
  try {
    return await context.ports.files.info(path)
  } catch {
    return undefined
  }
}

/**
 * Every place of a command on PATH, in order. Entries that are empty or relative are left out:
 * they mean the current folder, which is the checkout and holds what a pull request put there.
 */
export function candidatesOnPath(command: string, context: Pick<CliContext, 'env' | 'ports'>): string[] {
  const windows = context.ports.machine.platform === 'win32'
  const { delimiter, join, isAbsolute } = windows ? win32 : posix
  const folders = (pathVariable(context.env, windows) ?? '')
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
  return [...new Set(folders.map((folder) => join(folder, windows ? `${command}.exe` : command)))]
}

function pathVariable(env: Environment, windows: boolean): string | undefined {
  if (!windows) return env.PATH
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH')
  return name === undefined ? undefined : env[name]
}
