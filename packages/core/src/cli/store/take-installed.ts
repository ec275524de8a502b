import type { CliSearch, Finding } from '../cli-context.ts'
import { compareVersions } from '../version.ts'
import { proveInstalled, readInstalled } from './installed.ts'
import { type Layout, versionOfEntry } from './layout.ts'
import { markUse } from './uses.ts'

/** Takes an installed version if it is there, fits the pinned sum, and runs. */
export async function takeInstalled(version: string, search: CliSearch): Promise<Finding> {
  const { request, context } = search
  const layout = await search.layout()
  const entry = layout.entry(version)
  const sum = (await readInstalled(entry, context))?.sha256
  if (sum === undefined) return { why: `not taken, ${version} is not installed in ${layout.folder}` }
  if (request.sha256 !== undefined && request.sha256 !== sum) {
    return {
      why: `not taken, the installed ${version} came from an archive with SHA-256 ${sum}, not ${request.sha256}`,
    }
  }
  // Marked before it is proven, so that no other install removes it in between.
  await markUse(entry, layout, context)
  const proof = await proveInstalled(entry, context)
  if (proof.kind === 'absent') return { why: `not taken, ${version} was removed a moment ago` }
  if (proof.kind === 'broken')
    return { why: `not taken, the installed ${version} does not run: ${proof.problem}` }
  return {
    cli: { ...proof.cli, source: 'tool-cache' },
    why: `taken, ${version} is installed as ${proof.cli.path}`,
  }
}

/** Installed versions of this channel and kind of machine, newest first. */
export async function installedVersions(layout: Layout, { context }: CliSearch): Promise<string[]> {
  const names = await context.ports.files.list(layout.folder).catch(() => [])
  const versions = names
    .map((name) => versionOfEntry(name, layout))
    .filter((version) => version !== undefined)
  return versions.sort((a, b) => compareVersions(b, a))
}
