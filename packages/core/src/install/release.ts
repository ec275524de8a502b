import { RunnerError } from '../errors.ts'
import { shownUrl } from '../http/http.ts'
import { withRetries } from '../http/retry.ts'
import { type Arrival, close, follow } from './get.ts'
import type { CliContext, NoPackage, PackageRequest, PackageTarget, Release } from './search.ts'
import { versionIn } from './verify.ts'

const WARP = 'https://app.warp.dev'

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
export function placesOf({ request, target }: Pick<PackageRequest, 'request' | 'target'>): Place[] {
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

/** The part of a search that says which release is wanted, and how inputs are spelled. */
type WantedRelease = Pick<PackageRequest, 'request' | 'target'> & {
  readonly context: Pick<CliContext, 'nameOf'>
}

/** What a user of a mirror must know who asks it for the latest release; undefined where that is no help. */
function pinHint({ request, context }: WantedRelease): string | undefined {
  if (request.downloadUrl === undefined || request.version !== 'latest') return undefined
  if (isArchive(new URL(request.downloadUrl))) return undefined
  return `a mirror that only serves files cannot tell which release is the latest: pin ${context.nameOf('ozVersion')} to one that it holds`
}

/** What to do when a release is not where it should be. */
export function unknownRelease(source: WantedRelease, tried: readonly string[]): RunnerError {
  const { request, context, target } = source
  const [version, channel, url] = [
    context.nameOf('ozVersion'),
    context.nameOf('ozChannel'),
    context.nameOf('ozDownloadUrl'),
  ]
  const hint = pinHint(source)
  const steps = [
    ...(request.version === 'latest'
      ? []
      : [
          `check ${version}: a release tag looks like v0.2026.08.19.08.14.stable_01 and belongs to one channel (${channel} is ${request.channel})`,
          `or leave ${version} out to take the latest`,
        ]),
    ...(request.downloadUrl === undefined ? [] : [`check ${url}, and that the mirror holds this release`]),
    ...(hint === undefined ? [] : [hint]),
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

const TRIES = 4

/**
 * Asks which release is wanted and where it is: one small request, whose answer names the archive. The archive is not fetched.
 * Rejects with `RunnerError`: `unavailable` for an unknown release or a broken service, `temporary` for the network.
 */
export async function resolveRelease(source: PackageRequest): Promise<Release> {
  const { request, context } = source
  const missing: string[] = []
  for (const place of placesOf(source)) {
    // The address of a file needs no question; whether it is there shows when it is fetched.
    if (place.kind === 'file') {
      return { url: place.url, version: versionOf(request.version, place.url), missing }
    }
    const arrival = await withRetries(() => follow(place.url, context, isArchive), {
      clock: context.ports.clock,
      tries: TRIES,
      signal: context.signal,
      onWait: (line) => context.say('info', line),
    })
    const release = await toRelease(arrival, source)
    if (release !== undefined) return release
    missing.push(shownUrl(place.url))
  }
  throw unknownRelease(source, missing)
}

/** Whether an address is the archive's by its looks. */
function isArchive(url: URL): boolean {
  return /\.(tar\.gz|tgz)$/.test(url.pathname)
}

async function toRelease(arrival: Arrival, source: PackageRequest): Promise<Release | undefined> {
  const { url } = arrival
  if (arrival.kind === 'answer') {
    await close(arrival.response)
    const { status } = arrival.response
    if (status === 404 || status === 410) return undefined
    if (status !== 200) throw refused(url, status, source)
  }
  return { url, version: versionOf(source.request.version, url), missing: [] }
}

function versionOf(wanted: string, url: string): string | undefined {
  return wanted === 'latest' ? versionIn(new URL(url).pathname) : wanted
}

/** The server will not give it to us. */
export function refused(url: string, status: number, source: WantedRelease): RunnerError {
  const { context } = source
  const hint = pinHint(source)
  const refusal = `check that this machine may download there; credentials of a mirror go into ${context.nameOf('ozDownloadUrl')} (https://user:password@…)`
  return new RunnerError('unavailable', `${shownUrl(url)} answered ${status}.`, {
    remedy:
      status === 401 || status === 403
        ? // Object stores answer 403, not 404, for what they do not hold.
          sentenceOf([refusal, ...(status === 403 && hint !== undefined ? [hint] : [])])
        : `Check ${context.nameOf('ozDownloadUrl')} and the proxy: this is not how the download service answers.`,
  })
}

const SYSTEMS: Partial<Record<NodeJS.Platform, PackageTarget['os']>> = { linux: 'linux', darwin: 'macos' }
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, PackageTarget['arch']>> = {
  x64: 'x86_64',
  arm64: 'aarch64',
}

/** Which package a machine needs, or why there is none. Pure. Source: https://docs.warp.dev/reference/cli */
export function packageTarget(
  machine: { readonly platform: NodeJS.Platform; readonly arch: NodeJS.Architecture },
  ozPathName: string,
): PackageTarget | NoPackage {
  const { platform, arch } = machine
  if (platform === 'win32') {
    return {
      problem: 'On Windows there is no stand-alone CLI to download: it comes with the Warp app.',
      remedy: `Run "winget install Warp.Warp" on this machine and have oz on PATH, or give its path in ${ozPathName}.`,
    }
  }
  const os = SYSTEMS[platform]
  if (os === undefined) {
    return {
      problem: `There is no CLI for ${platform}.`,
      remedy: `Run the step on Linux or macOS, or give the path of a CLI in ${ozPathName}.`,
    }
  }
  const name = ARCHITECTURES[arch]
  if (name === undefined) {
    return {
      problem: `There is no CLI for the architecture ${arch}.`,
      remedy: `Run the step on an x64 or arm64 machine, or give the path of a CLI in ${ozPathName}.`,
    }
  }
  return { os, arch: name }
}
