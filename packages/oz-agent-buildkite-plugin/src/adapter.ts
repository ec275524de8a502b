import { join } from 'node:path'
import {
  type Ci,
  type CiAdapter,
  type CiLimits,
  createFolderCache,
  type Environment,
  type InputProblem,
  type Milliseconds,
  type Ports,
  type Reporter,
  spell,
} from '@oz-agent/core'
import { type AgentCommands, createAgentCommands } from './buildkite-agent/commands.ts'
import { type JobApi, maskSecrets } from './buildkite-agent/job-api.ts'
import { defaultTimeout, describeJob, jobFacts, reasonForNoKey } from './ci.ts'
import { reportGrace, windDownOf } from './grace-period.ts'
import { internalVariables, maskedValues } from './hidden-variables.ts'
import type { Configuration } from './inputs/configuration.ts'
import { OWN_NAMES } from './inputs/own-options.ts'
import { readSecretNames, resolveInputs } from './inputs/secrets.ts'
import {
  cacheFolder,
  configurationDigest,
  stepFolderOf,
  type UseFolders,
  writeUseRecord,
} from './job-folder.ts'
import { createBuildkiteLogFormat } from './log-format.ts'
import { annotationContext } from './report/annotation.ts'
import { type CommandRuns, commandResult } from './report/command-runs.ts'
import { metaDataPrefix } from './report/meta-data.ts'
import { createReports } from './report/reporter.ts'
import { createWorkingTree, type Snapshot } from './working-tree.ts'

/**
 * An annotation takes 1 MiB, of which the links to files need a little; a job's log 100 MB.
 * https://buildkite.com/docs/pipelines/configure/annotations
 */
const LIMITS: CiLimits = { outputBytes: 100_000, summaryBytes: 1_000_000, logBytes: 8_000_000 }

const KEY_REMEDY =
  'Keep it as a Buildkite secret named WARP_API_KEY and let the step have it (`secrets: [WARP_API_KEY]`), or give the name of another variable or secret as `warp-api-key`.'

/** What the hooks work with. */
export interface HookParts {
  readonly env: Environment
  readonly ports: Ports
  readonly jobApi: JobApi
  readonly configuration: Configuration
  readonly folders: UseFolders
  readonly checkout: string
  /** Problems of the options with each other, and with the step. */
  readonly problems?: readonly InputProblem[]
}

/** The longest that the look at the checkout may delay the agent. Without it there is no patch. */
const SNAPSHOT_LIMIT: Milliseconds = 20_000

export interface BuildkiteAdapter {
  readonly adapter: CiAdapter
  /** Remembers the checkout as it is now: the patch of the run holds what changes from then on. */
  rememberCheckout(): Promise<void>
  /** Writes the reports once more, after the step's own command was run again. */
  updateReports(): Promise<void>
}

/**
 * Buildkite as core sees it. Secrets that the options name are read here, once.
 * @param commandRuns what the step's own command has done so far, for the reports.
 */
export async function createAdapter(
  parts: HookParts,
  commandRuns: () => CommandRuns = () => [],
): Promise<BuildkiteAdapter> {
  const { env, ports, jobApi, configuration, folders, checkout } = parts
  const { own } = configuration
  const commands: AgentCommands = createAgentCommands(env, checkout, ports)
  const logFormat = createBuildkiteLogFormat()
  const hidden = maskedValues(env)
  const secrets = new Set<string>()
  const resultFolder = join(folders.jobFolder, folders.resultName)
  const cached = cacheFolder(checkout, own['cache-folder'])
  const sinceSignal = watchSignal(ports)
  const scratch = join(folders.jobFolder, `patch-${folders.use}`)
  const tree = createWorkingTree(checkout, scratch, env, ports, cached)
  const resolved = await resolveInputs(configuration, env, commands, hidden)
  let before: Snapshot | undefined

  const reports = createReports({
    env,
    commands,
    ports,
    logFormat,
    plan: {
      context: annotationContext(env, own['annotation-context'], folders.use),
      metaDataPrefix: metaDataPrefix(env, own['meta-data-prefix'], folders.use),
      uploadArtifacts: own['upload-artifacts'],
      labelSuffix: own['label-suffix'],
      annotate: String(configuration.inputs.summary ?? true).toLowerCase() !== 'false',
      artifactRoot: folders.jobFolder,
      patchFile: join(resultFolder, 'changes.patch'),
    },
    patch: async (limit) => (before === undefined ? undefined : tree.patchSince(before, limit)),
    commandRuns,
    secrets: () => [...secrets],
    cancelled: new Promise((resolve) => ports.stop.listen(resolve)),
    reportTime: () => {
      const since = sinceSignal()
      return since === undefined ? undefined : reportGrace(env, since)
    },
  })

  const ci: Ci = {
    ...describeJob(env),
    limits: LIMITS,
    windDown: windDownOf(env),
    env: namesAKey(configuration) ? withoutDefaultKey(env) : env,
    checkout,
    resultFolder,
    stepFolder: stepFolderOf(folders),
    toolFolder: join(env.XDG_CACHE_HOME || join(ports.machine.home, '.cache'), 'oz-agent'),
    platformCache: cached === undefined ? undefined : createFolderCache(cached),
    nameOf: (id) => spell(id, 'kebab'),
    lenientInputs: false,
    debug: env.BUILDKITE_AGENT_DEBUG === 'true',
    defaultTimeout: defaultTimeout(env),
    isInternalVariable: internalVariables(env),
    keylessByDesign: () => reasonForNoKey(env),
    facts: () => jobFacts(env),
    keyRemedy: resolved.missingKey === undefined ? KEY_REMEDY : `${KEY_REMEDY} Now ${resolved.missingKey}.`,
  }
  const reporter: Reporter = {
    async mask(secret) {
      if (secrets.has(secret)) return
      secrets.add(secret)
      // The Buildkite agent masks these by itself.
      if (hidden.includes(secret)) return
      const reason = await maskSecrets([secret], jobApi, commands)
      if (reason === undefined) return
      const text = `The Buildkite agent could not be asked to hide a secret in the log (${reason}); this plugin hides it in all that it prints.`
      await ports.log.write(logFormat.format({ kind: 'note', level: 'warning', text }))
    },
    announce: (identity) => reports.start(identity),
    remember: () =>
      writeUseRecord(
        folders.jobFolder,
        { use: folders.use, configuration: configurationDigest(env) },
        ports.files,
      ),
    publish: (report) => reports.finish(report),
  }
  const inputs = {
    raw: resolved.inputs,
    ownNames: OWN_NAMES,
    ownProblems: [...resolved.problems, ...(parts.problems ?? [])],
  }
  return {
    adapter: { ci, inputs, reporter, logFormat, command: () => commandResult(commandRuns()) },
    updateReports: () => reports.update(),
    async rememberCheckout() {
      if (!own['upload-artifacts']) return
      await ports.files.makeFolder(scratch, { mode: 0o700 })
      before = await tree.snapshot(SNAPSHOT_LIMIT)
    },
  }
}

function watchSignal({ stop, clock }: Ports): () => Milliseconds | undefined {
  let first: Milliseconds | undefined
  stop.listen(() => {
    first ??= clock.elapsed()
  })
  return () => (first === undefined ? undefined : clock.elapsed() - first)
}

/** When the options name a key, only that one counts: the default one must not take its place. */
function withoutDefaultKey(env: Environment): Environment {
  const { WARP_API_KEY: _key, WARP_API_KEY_FILE: _file, ...others } = env
  return others
}

function namesAKey({ inputs }: Configuration): boolean {
  return readSecretNames(inputs).key !== undefined
}
