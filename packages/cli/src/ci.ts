import { join, resolve } from 'node:path'
import { type CiAdapter, type Environment, type Ports, spell } from '@oz-agent/core'
import { detectCi } from './detect-ci.ts'
import { plainLogFormat } from './log-format.ts'
import { type Arguments, type OwnOptionName, readEnvironment } from './options.ts'
import { createReporter } from './reporter.ts'

const LIMITS = { outputBytes: 1_000_000, logBytes: 16_000_000, summaryBytes: 1_000_000 }
/** Jenkins and most process managers wait 20 s and more; half of what is known leaves time to write the results. */
const USUAL_CANCEL_TIME = 20_000
const DEADLINE_GRACE = 30_000

/** Any orchestrator that can run a command, as core sees it. */
export function commandAdapter(args: Arguments, env: Environment, ports: Ports): CiAdapter {
  const { machine, clock } = ports
  const detector = detectCi(env)
  const work = join(machine.temp, `oz-agent-${clock.now()}-${machine.pid}`)
  const own: Partial<Record<OwnOptionName, string>> = args.own
  const path = (given: string | undefined) => (given === undefined ? undefined : resolve(machine.cwd, given))
  return {
    ci: {
      name: detector.name,
      ...detector.describe(env),
      limits: LIMITS,
      windDown: {
        cancelGrace: (detector.cancelTime ?? USUAL_CANCEL_TIME) / 2,
        deadlineGrace: DEADLINE_GRACE,
      },
      env,
      checkout: machine.cwd,
      resultFolder: path(own['result-folder']) ?? join(work, 'results'),
      stepFolder: work,
      toolFolder: path(own['tool-folder']),
      nameOf: (id) => spell(id, 'flag'),
      lenientInputs: false,
      debug: false,
      defaultTimeout: undefined,
      isInternalVariable: (name) => detector.internal?.test(name) === true,
      keylessByDesign: () => undefined,
      keyRemedy: 'Give it as the variable WARP_API_KEY, or as a file that WARP_API_KEY_FILE names.',
    },
    inputs: { raw: { ...args.inputs, ...readEnvironment(env, args.inputs) }, ownProblems: args.problems },
    reporter: createReporter(detector, path(own['outputs-file']), ports),
    logFormat: plainLogFormat,
  }
}
