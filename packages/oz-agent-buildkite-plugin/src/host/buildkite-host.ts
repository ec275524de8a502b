import { join } from 'node:path'
import {
  type CiHost,
  createFolderCache,
  type Environment,
  type HostLimits,
  type InputProblem,
  type Milliseconds,
  type Ports,
  type RawInputs,
  spell,
} from '@oz-agent/core'
import { type AgentCommands, createAgentCommands } from '../agent/agent-commands.ts'
import { hideSecrets } from '../agent/hide.ts'
import type { JobApi } from '../agent/job-api.ts'
import { annotationContext } from '../annotation/context.ts'
import type { Configuration } from '../configuration/read-configuration.ts'
import { readSecretNames } from '../configuration/secret-names.ts'
import { cacheFolder } from '../job/cache-folder.ts'
import { internalVariables } from '../job/internal-variables.ts'
import { defaultTimeout, describeJob, reasonForNoKey } from '../job/job.ts'
import { jobFacts } from '../job/job-facts.ts'
import type { UseFolders } from '../job/job-folder.ts'
import { configurationDigest, writeUseRecord } from '../job/use-record.ts'
import { reportGrace, windDownOf } from '../job/wind-down.ts'
import { createBuildkitePainter } from '../log/painter.ts'
import { metaDataPrefix } from '../meta-data/meta-data.ts'
import { OWN_NAMES } from '../options/own-options.ts'
import { type ResolvedInputs, resolveInputs } from './inputs.ts'
import { createReporter } from './reporter.ts'

/**
 * An annotation takes 1 MiB, of which the links to files need a little; a job's log 100 MB.
 * https://buildkite.com/docs/pipelines/configure/annotations
 */
const LIMITS: HostLimits = { outputBytes: 100_000, summaryBytes: 1_000_000, logBytes: 8_000_000 }

export interface HostParts {
  readonly env: Environment
  readonly ports: Ports
  readonly jobApi: JobApi
  readonly configuration: Configuration
  readonly folders: UseFolders
  readonly checkout: string
  /** Problems of the options with each other, and with the step. */
  readonly problems?: readonly InputProblem[]
  /** What a mode makes of the inputs before core sees them. */
  prepareInputs?(inputs: RawInputs): RawInputs
  /** How long the job has taken before the agent. */
  spent?(): Milliseconds
  /** What the agent changed in the checkout. */
  patch?(limit: Milliseconds): Promise<string | undefined>
}

/** Buildkite as core sees it. */
export function createBuildkiteHost(parts: HostParts): CiHost {
  const { env, ports, jobApi, configuration, folders, checkout } = parts
  const { own } = configuration
  const commands: AgentCommands = createAgentCommands(env, checkout, ports)
  const painter = createBuildkitePainter()
  const secrets = new Set<string>()
  const resultFolder = join(folders.jobFolder, folders.resultName)
  const cached = cacheFolder(checkout, own['cache-folder'])
  const sinceSignal = watchSignal(ports)
  let resolved: Promise<ResolvedInputs> | undefined
  let found: ResolvedInputs | undefined

  const reporter = createReporter({
    env,
    commands,
    ports,
    painter,
    plan: {
      context: annotationContext(env, own['annotation-context'], folders.use),
      metaDataPrefix: metaDataPrefix(env, own['meta-data-prefix']),
      uploadArtifacts: own['upload-artifacts'],
      labelSuffix: own['label-suffix'],
      annotate: String(configuration.inputs.summary ?? true).toLowerCase() !== 'false',
      artifactRoot: folders.jobFolder,
      patchFile: join(resultFolder, 'changes.patch'),
    },
    patch: async (limit) => parts.patch?.(limit),
    secrets: () => [...secrets],
    cancelled: new Promise((resolve) => ports.stop.listen(resolve)),
    hurry: () => {
      const since = sinceSignal()
      return since === undefined ? undefined : reportGrace(env, since)
    },
  })

  return {
    ci: describeJob(env),
    limits: LIMITS,
    windDown: windDownOf(env),
    env: namesAKey(configuration) ? withoutDefaultKey(env) : env,
    checkout,
    resultFolder,
    privateFolder: join(folders.jobFolder, `private-${folders.use}`),
    toolFolder: join(env.XDG_CACHE_HOME || join(ports.machine.home, '.cache'), 'oz-agent'),
    platformCache: cached === undefined ? undefined : createFolderCache(cached),
    nameOf: (id) => spell(id, 'kebab'),
    async readInputs() {
      // Asking for a secret twice would ask Buildkite twice.
      resolved ??= resolveInputs(configuration, env, commands)
      found = await resolved
      return parts.prepareInputs?.(found.inputs) ?? found.inputs
    },
    ownInputs: OWN_NAMES,
    ownProblems: () => [...(found?.problems ?? configuration.problems), ...(parts.problems ?? [])],
    lenientInputs: false,
    debug: env.BUILDKITE_AGENT_DEBUG === 'true',
    defaultTimeout: defaultTimeout(env, parts.spent?.()),
    isInternalVariable: internalVariables(env),
    keylessByDesign: () => reasonForNoKey(env),
    facts: () => jobFacts(env),
    get keyRemedy() {
      const missing = found?.missingKey
      const advice =
        'Keep it as a Buildkite secret named WARP_API_KEY and let the step have it (`secrets: [WARP_API_KEY]`), or give the name of another variable or secret as `warp-api-key`.'
      return missing === undefined ? advice : `${advice} Now ${missing}.`
    },
    async mask(secret) {
      if (secrets.has(secret)) return
      secrets.add(secret)
      const reason = await hideSecrets([secret], jobApi, commands)
      if (reason === undefined) return
      const text = `The Buildkite agent could not be asked to hide a secret in the log (${reason}); this plugin hides it in all that it prints.`
      await ports.log.write(painter.paint({ kind: 'note', level: 'warning', text }))
    },
    painter,
    announce: (identity) => reporter.start(identity),
    remember: (recordPath) =>
      writeUseRecord(
        folders.jobFolder,
        { use: folders.use, recordPath, configuration: configurationDigest(env) },
        ports.files,
      ),
    publish: (report) => reporter.finish(report),
  }
}

function watchSignal({ stop, clock }: Ports): () => Milliseconds | undefined {
  let first: Milliseconds | undefined
  stop.listen(() => {
    first ??= clock.elapsed()
  })
  return () => (first === undefined ? undefined : clock.elapsed() - first)
}

/** Whoever names a key means that one: another must not take its place. */
function withoutDefaultKey(env: Environment): Environment {
  const { WARP_API_KEY: _key, WARP_API_KEY_FILE: _file, ...others } = env
  return others
}

function namesAKey({ inputs }: Configuration): boolean {
  return readSecretNames(inputs).key !== undefined
}
