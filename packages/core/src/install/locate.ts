import type { CliRequest } from '../contract/request.ts'
import { RunnerError } from '../errors.ts'
import { toolCache } from './cache.ts'
import { createSearch, onPath, ozPath } from './resolve.ts'
import type { Cli, CliContext, CliResolver } from './search.ts'

/** What is known of the CLI on this machine. */
export type LocatedCli =
  | { readonly kind: 'found'; readonly cli: Cli }
  /** One was named, and it cannot be used. */
  | { readonly kind: 'broken'; readonly problem: string; readonly remedy: string }
  | { readonly kind: 'absent'; readonly why: string }

/** The places that need no network. */
const RESOLVERS: readonly CliResolver[] = [ozPath, onPath, toolCache]

/** Looks for a CLI as a step does, but installs none and asks nobody for the latest version. */
export async function locateCli(request: CliRequest, context: CliContext): Promise<LocatedCli> {
  const offline = () =>
    Promise.reject(new RunnerError('temporary', 'the latest version is not asked for here'))
  const search = { ...createSearch(request, context), release: offline }
  const reasons: string[] = []
  try {
    for (const resolver of RESOLVERS) {
      const finding = await resolver.find(search)
      if (finding.cli !== undefined) return { kind: 'found', cli: finding.cli }
      reasons.push(finding.why)
    }
  } catch (error) {
    if (!(error instanceof RunnerError)) throw error
    if (error.code !== 'temporary') {
      return { kind: 'broken', problem: error.message, remedy: error.remedy ?? 'Install the CLI again.' }
    }
  }
  const broken = reasons.find((why) => why.includes('does not run'))
  const why = broken ?? 'none is installed on this machine'
  return { kind: 'absent', why: why.replace(/^not taken, /, '') }
}
