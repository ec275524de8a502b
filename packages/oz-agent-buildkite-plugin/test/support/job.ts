import { mkdirSync, readFileSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createOz, type RecordedCall, readCalls, type Script } from '@oz-agent/oz-sim'
import { execa } from 'execa'
import { type JobNode, programFolders } from './programs.ts'
import { type AgentCall, agentCalls, hasCalled, installStubAgent, type StubBehaviour } from './stub-agent.ts'
import type { PluginPlace, Workshop } from './workshop.ts'

/** One job for the real agent. */
export interface Job {
  /** Options of the plugin, once for each use of it in the step. */
  readonly uses?: readonly object[]
  readonly place?: PluginPlace
  /** The plugins of the step in place of all that, from the reference of ours. */
  readonly plugins?: (reference: string) => readonly unknown[]
  /** Hooks of the machine, by their names. */
  readonly hooks?: Readonly<Record<string, string>>
  /** Further plugins of the step, before ours. */
  readonly otherPlugins?: readonly string[]
  readonly command?: string
  /** What the stand-in for Oz does. */
  readonly oz?: Script | string
  readonly env?: Readonly<Record<string, string>>
  /** Variables of the usual job that this one does not have. */
  readonly without?: readonly string[]
  readonly agent?: StubBehaviour
  /** Sends SIGTERM to the job once this text stands in its log. */
  readonly cancelAt?: string
  /** Sends SIGTERM to the job once a hook has made this call of the Buildkite agent. */
  readonly cancelAtCall?: string
  /** Kills the hook itself once this text stands in the log. */
  readonly killHookAt?: string
  /** Which Node stands on PATH; the one that runs the tests by default. */
  readonly node?: JobNode
}

export interface JobEnd {
  readonly status: number | undefined
  readonly log: string
  readonly calls: readonly AgentCall[]
  readonly ozCalls: readonly RecordedCall[]
  /** From SIGTERM to the end of the whole job, in ms. */
  readonly cancelledFor: number | undefined
  readonly checkout: string
  /** Where the temporary files of the job stood. */
  readonly temp: string
  artifact(path: string): string
}

export const KEY = 'wk-1.0123456789abcdef0123456789abcdef'
const LIMIT_MS = 90_000
/** In characters. */
const MAX_LOG = 300_000_000
const JOB_ID = '01234567-89ab-cdef-0123-456789abcdef'

let count = 0

/** Runs one job with `buildkite-agent bootstrap`, which needs no server. https://buildkite.com/docs/agent/cli/reference/bootstrap */
export async function runJob(agent: string, workshop: Workshop, job: Job): Promise<JobEnd> {
  const folder = join(workshop.folder, String(++count))
  const paths = Object.fromEntries(
    ['home', 'builds', 'hooks', 'temp', 'oz', 'stub'].map((name) => [name, join(folder, name)]),
  ) as Record<'home' | 'builds' | 'hooks' | 'temp' | 'oz' | 'stub', string>
  for (const path of Object.values(paths)) mkdirSync(path, { recursive: true })
  installStubAgent(paths.stub, job.agent)
  for (const [name, script] of Object.entries(job.hooks ?? {}))
    writeFileSync(join(paths.hooks, name), `#!/usr/bin/env bash\n${script}\n`, { mode: 0o755 })
  const oz = await createOz({ dir: paths.oz, script: job.oz ?? 'success' })
  const reference = workshop.references[job.place ?? 'root']
  const plugins = job.plugins?.(reference) ?? [
    ...(job.otherPlugins ?? []),
    ...(job.uses ?? [{ prompt: 'Say hello' }]).map((options) => ({ [reference]: options })),
  ]
  const env = {
    PATH: [paths.stub, paths.oz, ...programFolders(folder, job.node)].join(':'),
    HOME: paths.home,
    TMPDIR: paths.temp,
    LANG: 'C.UTF-8',
    WARP_API_KEY: KEY,
    ...jobVariables(workshop, paths),
    BUILDKITE_COMMAND: job.command ?? '',
    BUILDKITE_PLUGINS: JSON.stringify(plugins),
    ...job.env,
  }
  for (const name of job.without ?? []) delete (env as Record<string, string>)[name]
  const running = execa(agent, ['bootstrap'], {
    env,
    extendEnv: false,
    cwd: folder,
    all: true,
    reject: false,
    timeout: LIMIT_MS,
    maxBuffer: MAX_LOG,
    killSignal: 'SIGKILL',
    stdin: 'ignore',
  })
  const cancel = () => running.kill('SIGTERM')
  const cancelling =
    job.cancelAtCall === undefined
      ? when(running, job.cancelAt, cancel)
      : whenCalled(running, paths.stub, job.cancelAtCall, cancel)
  const killing = when(running, job.killHookAt, async () => {
    const [agentRun] = (await readCalls(oz.record)).filter(({ argv }) => argv[0] === 'agent')
    if (agentRun !== undefined) process.kill(agentRun.ppid, 'SIGKILL')
  })
  const ended = await running
  const now = performance.now()
  const cancelled = await cancelling
  await killing
  return {
    status: ended.exitCode,
    log: ended.all ?? '',
    calls: agentCalls(paths.stub),
    ozCalls: await readCalls(oz.record),
    cancelledFor: cancelled === undefined ? undefined : now - cancelled,
    checkout: join(paths.builds, 'runner/org/project'),
    temp: paths.temp,
    artifact: (path) => readFileSync(join(paths.stub, 'artifacts', path), 'utf8'),
  }
}

function jobVariables(workshop: Workshop, paths: { readonly builds: string; readonly hooks: string }) {
  return {
    BUILDKITE_JOB_ID: JOB_ID,
    BUILDKITE_BUILD_URL: 'https://buildkite.example.com/org/project/builds/1',
    BUILDKITE_STEP_ID: 'step-1',
    BUILDKITE_LABEL: 'Oz',
    BUILDKITE_REPO: workshop.repository,
    BUILDKITE_COMMIT: 'HEAD',
    BUILDKITE_BRANCH: 'main',
    BUILDKITE_AGENT_NAME: 'runner',
    BUILDKITE_ORGANIZATION_SLUG: 'org',
    BUILDKITE_PIPELINE_SLUG: 'project',
    BUILDKITE_PIPELINE_PROVIDER: 'git',
    BUILDKITE_BUILD_PATH: paths.builds,
    BUILDKITE_PLUGINS_PATH: join(workshop.folder, 'plugins'),
    BUILDKITE_HOOKS_PATH: paths.hooks,
    BUILDKITE_COMMIT_RESOLVED: 'true',
    BUILDKITE_SSH_KEYSCAN: 'false',
  }
}

/** Acts once, when the text stands in the log. Resolves with the time of that, or when the job is over without it. */
function when(running: Running, text: string | undefined, act: () => unknown): Promise<number | undefined> {
  if (text === undefined) return Promise.resolve(undefined)
  return new Promise((resolve, reject) => {
    let seen = ''
    running.all.on('data', (chunk: Buffer) => {
      if (seen.includes(text)) return
      seen += chunk
      if (!seen.includes(text)) return
      const time = performance.now()
      Promise.resolve(act()).then(() => resolve(time), reject)
    })
    running.all.on('close', () => resolve(undefined))
  })
}

/** The same for a call of the stub. */
function whenCalled(
  running: Running,
  stub: string,
  name: string,
  act: () => unknown,
): Promise<number | undefined> {
  return new Promise((resolve) => {
    const watcher = watch(stub, () => {
      if (!hasCalled(stub, name)) return
      watcher.close()
      act()
      resolve(performance.now())
    })
    running.all.on('close', () => {
      watcher.close()
      resolve(undefined)
    })
  })
}

interface Running {
  readonly all: NodeJS.ReadableStream
}
