import { type CiAdapter, type Environment, type Ports, spell } from '@oz-agent/core'
import { detectCi, isInternalVariable } from './detect-ci.ts'
import type { Options } from './environment.ts'
import type { RunFolders } from './folders.ts'
import { plainLogFormat } from './log-format.ts'
import { createReporter } from './reporter.ts'

const LIMITS = { outputBytes: 1_000_000, logBytes: 16_000_000, summaryBytes: 1_000_000 }
const DEADLINE_GRACE = 30_000

/** Any orchestrator that can run a command, as core sees it. */
export function commandAdapter(
  { inputs, problems }: Pick<Options, 'inputs' | 'problems'>,
  folders: Omit<RunFolders, 'problems' | 'leave'>,
  env: Environment,
  ports: Ports,
): CiAdapter {
  const detector = detectCi(env)
  const { stepFolder, resultFolder, outputsFile, toolFolder, failure } = folders
  return {
    ci: {
      name: detector.name,
      ...detector.describe(env),
      limits: LIMITS,
      windDown: {
        cancelGrace: detector.cancelTime / 2,
        deadlineGrace: DEADLINE_GRACE,
        interrupter: detector.interrupter,
      },
      env,
      checkout: ports.machine.cwd,
      resultFolder,
      stepFolder,
      toolFolder,
      nameOf: (id) => spell(id, 'flag'),
      lenientInputs: false,
      debug: false,
      defaultTimeout: undefined,
      isInternalVariable,
      keylessByDesign: () => undefined,
      keyRemedy: 'Give it as the variable WARP_API_KEY, or as a file that WARP_API_KEY_FILE names.',
    },
    inputs: { raw: inputs, ownProblems: problems, failure },
    reporter: createReporter(detector, outputsFile, ports),
    logFormat: plainLogFormat,
  }
}
