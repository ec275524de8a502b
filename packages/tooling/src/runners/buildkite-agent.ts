import { fromGo } from './from-go.ts'
import type { Runner } from './runner.ts'
import { runnerVersions } from './versions.ts'

/** Buildkite's agent, whose `bootstrap` command runs one job without a server. https://buildkite.com/docs/agent */
export const buildkiteAgent: Runner = {
  name: 'buildkite-agent',
  ensure: () =>
    fromGo({
      name: 'buildkite-agent',
      module: 'github.com/buildkite/agent/v3',
      version: runnerVersions.buildkiteAgentV3,
      builtAs: 'agent',
    }),
}
