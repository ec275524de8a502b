import * as z from 'zod/mini'
import { classifyFailure } from '../agent/failure.ts'
import { idSchema, linkSchema } from '../agent/identity.ts'
import type { Milliseconds } from '../contract/duration.ts'
import { artifactSchema } from '../contract/result.ts'
import { RunnerError } from '../errors.ts'
import type { Cli } from '../install/search.ts'
import type { Clock, Environment, Processes } from '../ports.ts'

/**
 * States on the way; a run in any other has ended, or waits for a person. Source: https://docs.warp.dev/reference/api-and-sdk
 */
const UNDER_WAY = ['QUEUED', 'PENDING', 'CLAIMED', 'INPROGRESS'] as const

/** A field that cannot be understood counts as absent: only the state decides anything. */
const lenient = <Schema extends z.core.$ZodType>(schema: Schema) => z.catch(z.nullish(schema), undefined)

/** The few fields of the server's run object that a step needs. */
export type CloudRun = z.infer<typeof CloudRun>
export const CloudRun = z.object({
  state: z.string().check(
    z.toUpperCase(),
    z.overwrite((state) => state.replace(/[\s_-]/g, '')),
  ),
  session_link: lenient(linkSchema),
  conversation_id: lenient(idSchema),
  status_message: lenient(
    z.object({
      message: lenient(z.string()),
      error_code: lenient(z.string()),
      retryable: lenient(z.boolean()),
    }),
  ),
  artifacts: lenient(
    z.array(
      z.looseObject({ artifact_type: z.string(), data: z.optional(z.record(z.string(), z.unknown())) }),
    ),
  ),
})

/** Whether nothing more will happen without a person; states that we do not know end the wait, as failures. */
export function hasEnded({ state }: CloudRun): boolean {
  return !UNDER_WAY.some((known) => known === state)
}

/** The artifacts in the form that `result.json` has them; those without a type are left out. */
export function artifactsOf({ artifacts }: CloudRun) {
  return (artifacts ?? []).flatMap(({ artifact_type, data, ...rest }) => {
    const parsed = artifactSchema.safeParse({ ...rest, ...data, type: artifact_type.toLowerCase() })
    return parsed.success ? [parsed.data] : []
  })
}

/** What the server says of the end, for a person and for finding out why it failed. */
export function endMessage({ status_message }: CloudRun): string {
  return [status_message?.message, status_message?.error_code].filter(Boolean).join('\n')
}

/** How long one look at a run may take, in ms. */
const LOOK_LIMIT = 60_000

/**
 * Looks at a cloud run once (`oz run get`). Throws `temporary` when the look failed for a passing reason or the
 * answer is no run object (that a look failed says nothing of the run), `not-permitted` when the key may not see it.
 */
export async function readCloudRun(
  runId: string,
  { cli, env, processes }: { cli: Cli; env: Environment; processes: Pick<Processes, 'run'> },
): Promise<CloudRun> {
  const args = ['run', 'get', runId, '--output-format=json']
  const { exit, stdout, stderr, timedOut } = await processes.run(
    { file: cli.path, args, env },
    { timeout: LOOK_LIMIT },
  )
  if (timedOut)
    throw new RunnerError('temporary', `looking at run ${runId} took more than ${LOOK_LIMIT / 1000} s`)
  if (exit.kind === 'code' && exit.code === 0) {
    const parsed = CloudRun.safeParse(jsonOf(stdout))
    if (parsed.success) return parsed.data
    throw new RunnerError('temporary', `the CLI's answer about run ${runId} is no run object`)
  }
  const said = (stderr.trim() || stdout.trim()).slice(-500)
  const known = classifyFailure(said)
  const status = exit.kind === 'code' ? `status ${exit.code}` : exit.signal
  throw new RunnerError(
    known?.outcome ?? 'temporary',
    `run ${runId} cannot be looked at (${status}): ${said}`,
    {
      ...(known === undefined ? {} : { remedy: known.remedy }),
    },
  )
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const FIRST_WAIT: Milliseconds = 3_000
const LONGEST_WAIT: Milliseconds = 30_000
/** Looks in a row that may fail for a passing reason: with the waits between them, about four minutes. */
const FAILURES_IN_A_ROW = 10

/** How long to wait before the next look; `chance` in [0, 1) spreads looks of many jobs apart. */
export function waitBefore(look: number, chance: number): Milliseconds {
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 1.4 ** look)
  return Math.round(wait * (0.8 + 0.4 * chance))
}

interface AwaitOptions {
  look(): Promise<CloudRun>
  /** Called with every look that succeeded. */
  onSeen(run: CloudRun): void | Promise<void>
  /** Called with every look that failed and will be repeated. */
  onTrouble(error: RunnerError): void
  readonly clock: Pick<Clock, 'sleep'>
  readonly signal: AbortSignal
  readonly chance?: () => number
}

/**
 * Waits until a cloud run has ended or waits for a person, looking ever less often.
 * Rejects when looking fails for good; returns the last that was seen when the signal aborts the wait.
 */
export async function awaitCloudRun(options: AwaitOptions): Promise<CloudRun | undefined> {
  const { clock, signal, chance = Math.random } = options
  let seen: CloudRun | undefined
  let failures = 0
  for (let look = 0; !signal.aborted; look++) {
    try {
      seen = await options.look()
      failures = 0
      await options.onSeen(seen)
      if (hasEnded(seen)) return seen
    } catch (error) {
      const passing = error instanceof RunnerError && error.code === 'temporary'
      if (!passing || ++failures >= FAILURES_IN_A_ROW) throw error
      options.onTrouble(error)
    }
    await clock.sleep(waitBefore(look, chance()), signal)
  }
  return seen
}
