import { join } from 'node:path'
import { probeEnvironment } from '../agent/environment.ts'
import { createRedactor } from '../auth/redactor.ts'
import type { ResolvedKey } from '../auth/resolve-key.ts'
import type { Ci, CiAdapter } from '../ci.ts'
import { checkFiles } from '../contract/check-files.ts'
import type { Milliseconds } from '../contract/duration.ts'
import type { InputId } from '../contract/inputs.ts'
import { checkInputRules, type InputProblem } from '../contract/parse-inputs.ts'
import { type RunRequest, toRunRequest } from '../contract/request.ts'
import { type LocatedCli, locateCli } from '../install/locate.ts'
import { toolFolderOf } from '../install/store.ts'
import type { Clock, Environment, Ports, Processes } from '../ports.ts'
import { type ReceivedInputs, receiveInputs } from '../step/read-request.ts'
import type { CheckGroup, Finding, JobFact } from './finding.ts'

export type DoctorPorts = Pick<
  Ports,
  'clock' | 'files' | 'processes' | 'machine' | 'http' | 'archives' | 'yaml'
>

/** All that the checks look at. */
export interface DoctorContext {
  readonly ports: DoctorPorts
  readonly env: Environment
  readonly request: RunRequest
  readonly inputProblems: readonly InputProblem[]
  readonly key: ResolvedKey | undefined
  /** Why a key that was named could not be read. */
  readonly keyProblem: unknown
  /** Why there is no key and nobody is to blame. */
  readonly keylessReason: string | undefined
  readonly keyRemedy: string
  /** Looked for once, for all checks. */
  readonly cli: () => Promise<LocatedCli>
  readonly checkout: string
  readonly toolFolder: string
  /** Made for a CLI that is pinned by its sum, and removed with the report; undefined where none is pinned. */
  readonly privateFolder?: string | undefined
  readonly ci: Pick<Ci, 'name' | 'jobUrl' | 'commit'>
  readonly facts: readonly JobFact[]
  /** All that must not be shown. */
  readonly secrets: readonly string[]
  isInternalVariable(name: string): boolean
  nameOf(id: InputId): string
  /** How long the whole run may take; each check that is not done by then is reported as such. */
  readonly limit: Milliseconds
}

/** One thing that must be right for a step to work. */
export interface Check {
  readonly id: string
  readonly group: CheckGroup
  readonly title: string
  /** Looks, and changes nothing that stays. What it throws is reported as a warning about the check itself. */
  run(context: DoctorContext): Promise<Finding>
}

/** The whole run; the promise is 10 s, of which starting and printing take some. */
export const DOCTOR_LIMIT: Milliseconds = 7_000
/** Programs end before their checks do, so that none outlives the report. */
const PROGRAM_MARGIN: Milliseconds = 500

export interface DoctorOptions {
  /** What a step has received already; read anew when absent. */
  readonly received?: ReceivedInputs
  readonly limit?: Milliseconds
}

/** What the checks look at, from a platform's adapter: the same inputs, key and folders as a step there has. */
export async function createDoctorContext(
  adapter: CiAdapter,
  ports: Ports,
  { received: known, limit = DOCTOR_LIMIT }: DoctorOptions = {},
): Promise<DoctorContext> {
  const { ci } = adapter
  const received = known ?? (await receiveInputs(adapter, ports))
  for (const secret of known === undefined ? received.secrets : []) await adapter.reporter.mask(secret)
  const { parsed, key, keyProblem, secrets } = received
  const request = toRunRequest(parsed.values)
  const limited = { ...ports, processes: withLimit(ports.processes, ports.clock, limit) }
  const toolFolder = toolFolderOf({ toolFolder: ci.toolFolder, env: ci.env, ports })
  let located: Promise<LocatedCli> | undefined
  const privateFolder =
    request.cli.sha256 === undefined
      ? undefined
      : await ports.files.makeTempFolder(join(ports.machine.temp, 'oz-doctor-'))
  const cliContext = {
    ports: limited,
    env: ci.env,
    probeEnv: probeEnvironment(ci, createRedactor(secrets)),
    checkout: ci.checkout,
    toolFolder: ci.toolFolder,
    privateFolder,
    nameOf: parsed.nameOf,
    say: () => {},
  }
  return {
    ports: limited,
    env: ci.env,
    request,
    inputProblems: await problemsOf(received, request, adapter, ports),
    key,
    keyProblem,
    keylessReason: key === undefined ? await ci.keylessByDesign() : undefined,
    keyRemedy: ci.keyRemedy,
    cli: () => (located ??= locateCli(request.cli, cliContext)),
    checkout: ci.checkout,
    toolFolder,
    privateFolder,
    ci,
    facts: (await ci.facts?.()) ?? [],
    secrets,
    isInternalVariable: (name) => ci.isInternalVariable(name),
    nameOf: parsed.nameOf,
    limit,
  }
}

/** All that a step would complain about, but for a missing prompt: nobody needs one to have a look. */
async function problemsOf(
  { parsed }: ReceivedInputs,
  request: RunRequest,
  { ci, inputs }: CiAdapter,
  { files, yaml }: Ports,
): Promise<InputProblem[]> {
  const { values, nameOf } = parsed
  const withPrompt = { ...values, skill: values.skill ?? 'any' }
  const rules = checkInputRules(withPrompt, nameOf, ci.lenientInputs)
  const named = await checkFiles(request, { files, yaml, cwd: ci.checkout }, nameOf)
  return [...(inputs.ownProblems ?? []), ...parsed.problems, ...rules.problems, ...named.problems]
}

/** No program may run longer than the whole: it would outlive the report. */
function withLimit(processes: Processes, clock: Clock, limit: Milliseconds): Processes {
  const end = clock.elapsed() + limit - PROGRAM_MARGIN
  return {
    ...processes,
    run: (command, limits) => {
      const left = Math.max(1, end - clock.elapsed())
      return processes.run(command, { ...limits, timeout: Math.min(limits.timeout, left) })
    },
  }
}
