import type { Cli } from '../cli/cli.ts'
import { RunnerError } from '../errors.ts'
import type { Environment, Processes } from '../ports.ts'
import { classifyFailure } from '../run/classify-failure.ts'
import { CloudRun } from './cloud-run.ts'

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
