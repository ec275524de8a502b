import { messageOf } from '../errors.ts'
import type { ExitStatus } from '../ports.ts'
import type { CliContext } from './cli-context.ts'
import { versionIn } from './version.ts'

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
