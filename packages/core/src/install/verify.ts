import { messageOf } from '../errors.ts'
import type { ExitStatus } from '../ports.ts'
import { type Explanation, explainStart } from './explain-start.ts'
import { gatherEvidence } from './machine.ts'
import type { CliContext } from './search.ts'

const TAG = /\bv?(\d+(?:\.[0-9A-Za-z_-]+){2,})\b/

/**
 * The release tag in what `--version` printed, or in a part of a URL: `v0.2026.08.19.08.14.stable_01`, always with its `v`.
 * undefined where there is none, so that another program of the same name is not taken for the CLI.
 */
export function versionIn(text: string): string | undefined {
  const tag = TAG.exec(text)?.[1]
  return tag === undefined ? undefined : `v${tag}`
}

/** Oldest first: numbers by value, all other parts by their letters. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [partsOf(left), partsOf(right)]
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [x, y] = [a[i] ?? '', b[i] ?? '']
    const order = /^\d+$/.test(x) && /^\d+$/.test(y) ? Number(x) - Number(y) : x < y ? -1 : x > y ? 1 : 0
    if (order !== 0) return order
  }
  return 0
}

function partsOf(version: string): string[] {
  return version.replace(/^v/, '').split(/[._-]/)
}

/** A CLI that answered, or what is wrong with it and what to do. */
export type Probe =
  | { readonly ok: true; readonly version: string }
  | { readonly ok: false; readonly problem: string; readonly remedy: string }

/** Proves a CLI by running it. Evidence is gathered only when it fails. */
export async function probe(path: string, context: CliContext): Promise<Probe> {
  const attempt = await attemptStart(path, context)
  if (attempt.kind === 'answered') return { ok: true, version: attempt.version }
  return { ok: false, ...explainStart(attempt, await gatherEvidence(path, context)) }
}

/** Debian's package of a library that a bare image may lack. */
const PACKAGES: Record<string, string> = {
  'libz.so.1': 'zlib1g',
  'libgcc_s.so.1': 'libgcc-s1',
  'libstdc++.so.6': 'libstdc++6',
  'libssl.so.3': 'libssl3',
  'libfontconfig.so.1': 'libfontconfig1',
}

/**
 * What the dynamic loader complains of, from the output of a program that it could not start. Pure.
 * The texts are those of glibc's, musl's and macOS's loaders.
 */
export function explainOutput(code: number, stdout: string, stderr: string): Explanation | undefined {
  if (code === 0) return undefined
  const said = `${stderr}\n${stdout}`
  const library =
    /error while loading shared libraries: ([^:\s]+):/.exec(said)?.[1] ??
    /Error loading shared library ([^:\s]+):/.exec(said)?.[1] ??
    /Library not loaded: (\S+)/.exec(said)?.[1]
  if (library !== undefined) {
    const known = PACKAGES[library]
    const how =
      known === undefined
        ? `the package that has ${library}`
        : `${known} (on Debian and Ubuntu: apt-get install ${known})`
    return {
      problem: `the shared library ${library} is missing (exit ${code}).`,
      remedy: `Install ${how} in the job's image.`,
    }
  }
  const symbolVersion = /version `((?:GLIBC|GLIBCXX|CXXABI)_[\d.]+)' not found/.exec(said)?.[1]
  if (symbolVersion !== undefined) {
    return {
      problem: `it needs ${symbolVersion}, and this system's library is older.`,
      remedy: 'Use a newer image, for example a current Debian or Ubuntu.',
    }
  }
  if (/Error relocating .*: symbol not found/.test(said)) {
    return {
      problem: 'it is built for glibc, and this system runs it with musl.',
      remedy: 'Run the step in an image based on Debian or Ubuntu (glibc).',
    }
  }
  return undefined
}

/** What came of running `--version`. */
export type StartAttempt =
  | { readonly kind: 'answered'; readonly version: string }
  /** The system did not start it; `code` is its errno's name. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  /** It started and did not print a version. */
  | { readonly kind: 'failed'; readonly exit: ExitStatus; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'silent'; readonly seconds: number }

const VERSION_TIMEOUT = 20_000
/** A file that was written a moment ago may be held open by a process that is just being started elsewhere. */
const BUSY_RETRIES = 5

/** Runs `<path> --version` once, by absolute path, with nothing of the job's secrets. Never rejects. */
export async function attemptStart(path: string, context: CliContext): Promise<StartAttempt> {
  const { processes, clock } = context.ports
  for (let busy = 0; ; busy++) {
    try {
      const command = { file: path, args: ['--version'], env: context.probeEnv }
      const run = await processes.run(command, { timeout: VERSION_TIMEOUT, maxBytes: 64 * 1024 })
      if (run.timedOut) return { kind: 'silent', seconds: VERSION_TIMEOUT / 1000 }
      const version = run.exit.kind === 'code' && run.exit.code === 0 ? versionIn(run.stdout) : undefined
      if (version !== undefined) return { kind: 'answered', version }
      return { kind: 'failed', exit: run.exit, stdout: run.stdout, stderr: run.stderr }
    } catch (error) {
      const code = errnoOf(error)
      if (code !== 'ETXTBSY' || busy === BUSY_RETRIES)
        return { kind: 'refused', code, message: messageOf(error) }
      await clock.sleep(50 * 2 ** busy)
    }
  }
}

/** `ENOENT` and the like; the empty string where the error has none. */
export function errnoOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}
