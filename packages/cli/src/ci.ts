import { join, resolve } from 'node:path'
import type { CiHost, Environment, InputProblem, Ports, RawInputs, StepReport } from '@oz-agent/core'
import { spell } from '@oz-agent/core'
import { detectCi } from './detect-ci.ts'
import { plainPainter } from './log-format.ts'
import type { Arguments, OwnOptionName } from './options.ts'
import { readEnvironment } from './options.ts'
import { renderOutputs } from './reporter.ts'

const LIMITS = { outputBytes: 1_000_000, logBytes: 16_000_000, summaryBytes: 1_000_000 }
/** Jenkins and most process managers wait 20 s and more; half of what is known leaves time to write the results. */
const USUAL_CANCEL_TIME = 20_000
const DEADLINE_GRACE = 30_000
/** What a pod may leave for its controller: https://kubernetes.io/docs/tasks/debug/debug-application/determine-reason-pod-failure/ */
const TERMINATION_LOG = '/dev/termination-log'
const TERMINATION_BYTES = 4096

type Own = Partial<Record<OwnOptionName, string>>

/** Any orchestrator that can run a command, as core sees it. */
export function createHost(args: Arguments, env: Environment, ports: Ports): CiHost {
  const { machine, clock } = ports
  const detector = detectCi(env)
  const work = join(machine.temp, `oz-agent-${clock.now()}-${machine.pid}`)
  const own: Own = args.own
  const path = (given: string | undefined) => (given === undefined ? undefined : resolve(machine.cwd, given))
  const inputs: RawInputs = { ...args.inputs, ...readEnvironment(env, args.inputs) }
  const problems: readonly InputProblem[] = args.problems
  return {
    ci: { name: detector.name, ...detector.describe(env) },
    limits: LIMITS,
    windDown: {
      cancelGrace: (detector.cancelTime ?? USUAL_CANCEL_TIME) / 2,
      deadlineGrace: DEADLINE_GRACE,
    },
    env,
    checkout: machine.cwd,
    resultFolder: path(own['result-folder']) ?? join(work, 'results'),
    privateFolder: join(work, 'private'),
    toolFolder: path(own['tool-folder']),
    nameOf: (id) => spell(id, 'flag'),
    readInputs: () => inputs,
    ownProblems: () => problems,
    lenientInputs: false,
    debug: false,
    defaultTimeout: undefined,
    isInternalVariable: (name) => detector.internal?.test(name) === true,
    keylessByDesign: () => undefined,
    keyRemedy: 'Give it as the variable WARP_API_KEY, or as a file that WARP_API_KEY_FILE names.',
    mask: (secret) => {
      const line = detector.maskLine?.(secret)
      return line === undefined ? undefined : ports.log.write(`${line}\n`)
    },
    painter: plainPainter,
    // Nothing of ours runs after a plain command that was killed.
    remember: () => {},
    publish: (report) => publish(report, path(own['outputs-file']), detector.name, ports),
  }
}

async function publish(
  { result, outputs, summary, resultFile }: StepReport,
  outputsFile: string | undefined,
  ciName: string,
  { files, log }: Ports,
): Promise<void> {
  if (summary !== undefined) await files.write(join(resolve(resultFile, '..'), 'summary.md'), `${summary}\n`)
  if (outputsFile !== undefined) appendTo(outputsFile, renderOutputs(outputs), files)
  if (ciName === 'kubernetes' && (await files.info(TERMINATION_LOG).catch(() => undefined)) !== undefined) {
    const { outcome, exit_code, reason, run } = result
    const message = JSON.stringify({ outcome, exit_code, run_url: run.url, reason })
    appendTo(TERMINATION_LOG, Buffer.from(message).subarray(0, TERMINATION_BYTES).toString(), files)
  }
  await log.write(`Result: ${resultFile}\n`)
}

function appendTo(path: string, text: string, files: Ports['files']): void {
  const file = files.append(path)
  file.write(text)
  file.close()
}
