import type { CliRequest } from '../../contract/request.ts'
import { RunnerError } from '../../errors.ts'
import type { CliContext } from '../cli-context.ts'
import type { PackageTarget } from '../package-target.ts'

const WARP = 'https://app.warp.dev'

/** What is to be downloaded, from where. */
export interface Source {
  readonly request: CliRequest
  readonly context: CliContext
  readonly target: PackageTarget
}

/** A place that may lead to the archive: the download service, a file of a plain mirror, or the archive itself. */
export interface Place {
  readonly url: string
  readonly kind: 'service' | 'file'
}

/**
 * Where to ask, in this order. Pure. `oz_download_url` may be
 * - the base of a service that answers `<base>/download/cli?os=…&arch=…&package=tar&channel=…[&version=…]` as Warp's does,
 *   with a redirect to the archive or with the archive itself;
 * - the base of a plain file server that holds `<base>/<channel>/<version>/cli/<os>/<arch>/warp-<channel>-<os>-<arch>.tar.gz`,
 *   the layout of releases.warp.dev: asked second, and only for a pinned version, since files know no `latest`;
 * - one archive, when it ends with `.tar.gz` or `.tgz`.
 */
export function placesOf({ request, target }: Source): Place[] {
  const { channel, version } = request
  const base = request.downloadUrl ?? WARP
  if (/\.(tar\.gz|tgz)$/.test(new URL(base).pathname)) return [{ kind: 'file', url: base }]
  const service = below(base, 'download/cli')
  const query = { os: target.os, arch: target.arch, package: 'tar', channel }
  for (const [name, value] of Object.entries(query)) service.searchParams.set(name, value)
  if (version !== 'latest') service.searchParams.set('version', version)
  const places: Place[] = [{ kind: 'service', url: service.href }]
  if (request.downloadUrl !== undefined && version !== 'latest') {
    const name = `warp-${channel}-${target.os}-${target.arch}.tar.gz`
    const file = below(base, `${channel}/${version}/cli/${target.os}/${target.arch}/${name}`)
    places.push({ kind: 'file', url: file.href })
  }
  return places
}

function below(base: string, path: string): URL {
  const url = new URL(base)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${path}`
  return url
}

/** What to do when a release is not where it should be. */
export function unknownRelease(source: Source, tried: readonly string[]): RunnerError {
  const { request, context, target } = source
  const [version, channel, url] = [
    context.nameOf('ozVersion'),
    context.nameOf('ozChannel'),
    context.nameOf('ozDownloadUrl'),
  ]
  const steps = [
    ...(request.version === 'latest'
      ? []
      : [
          `check ${version}: a release tag looks like v0.2026.08.19.08.14.stable_01 and belongs to one channel (${channel} is ${request.channel})`,
          `or leave ${version} out to take the latest`,
        ]),
    ...(request.downloadUrl === undefined ? [] : [`check ${url}, and that the mirror holds this release`]),
  ]
  const what = request.version === 'latest' ? 'latest release' : `version ${request.version}`
  return new RunnerError(
    'unavailable',
    `There is no ${what} of the CLI on the channel ${request.channel} for ${target.os} ${target.arch}: ${tried.join(' and ')} answered 404.`,
    {
      remedy: sentenceOf(
        steps.length > 0 ? steps : ['check that the proxy in force lets the download service through'],
      ),
    },
  )
}

function sentenceOf(steps: readonly string[]): string {
  const text = steps.join('; ')
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`
}
