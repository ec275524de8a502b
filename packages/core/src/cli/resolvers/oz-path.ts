import { join, resolve } from 'node:path'
import { RunnerError } from '../../errors.ts'
import type { CliResolver, CliSearch } from '../cli-context.ts'
import { probe } from '../probe.ts'

/** The path that the user gave. It is the only one looked at then: what is wrong with it is an error. */
export const ozPath: CliResolver = {
  source: 'oz_path',
  async find(search) {
    const given = search.request.path
    if (given === undefined) return { why: `not taken, ${search.context.nameOf('ozPath')} is not set` }
    const path = absolute(given, search)
    await check(given, path, search)
    const { request, context } = search
    const result = await probe(path, context)
    const name = `${context.nameOf('ozPath')} "${given}"`
    if (!result.ok) {
      throw new RunnerError('unavailable', `${name} does not run: ${result.problem}`, {
        remedy: result.remedy,
      })
    }
    if (request.version !== 'latest' && request.version !== result.version) {
      throw new RunnerError(
        'unavailable',
        `${name} is version ${result.version}, but ${context.nameOf('ozVersion')} asks for ${request.version}.`,
        {
          remedy: `Remove ${context.nameOf('ozVersion')}, or set it to ${result.version}, or point ${context.nameOf('ozPath')} to the other version.`,
        },
      )
    }
    if (request.sha256 !== undefined) {
      context.say(
        'warning',
        `${context.nameOf('ozSha256')} is not checked: it is the sum of a downloaded archive, and ${context.nameOf('ozPath')} downloads none.`,
      )
    }
    return {
      cli: { path, version: result.version, sha256: undefined, source: 'oz_path' },
      why: `taken, ${path} is version ${result.version}`,
    }
  },
}

function absolute(given: string, { context }: CliSearch): string {
  const { home, cwd } = context.ports.machine
  if (given === '~') return home
  return given.startsWith('~/') ? join(home, given.slice(2)) : resolve(context.checkout ?? cwd, given)
}

async function check(given: string, path: string, { context }: CliSearch): Promise<void> {
  const name = context.nameOf('ozPath')
  const shown = given === path ? `"${given}"` : `"${given}" (${path})`
  const info = await context.ports.files.info(path)
  if (info === undefined) {
    throw new RunnerError('unavailable', `${name} ${shown} does not exist.`, {
      remedy: `Give the path of the CLI's executable on this machine, or remove ${name} to have one installed.`,
    })
  }
  if (info.kind !== 'file') {
    throw new RunnerError(
      'unavailable',
      `${name} ${shown} is no file but a ${info.kind === 'folder' ? 'folder' : 'special file'}.`,
      {
        remedy: `Give the path of the executable itself, for example ${join(path, 'oz')}.`,
      },
    )
  }
}
