import { fromGo } from './from-go.ts'
import type { Runner } from './runner.ts'
import { runnerVersions } from './versions.ts'

/** The next major version of Buildkite's agent, which cancels differently. https://buildkite.com/docs/agent */
export const buildkiteAgentV4: Runner = {
  name: 'buildkite-agent-v4',
  ensure: () =>
    fromGo({
      name: 'buildkite-agent-v4',
      module: 'github.com/buildkite/agent/v4',
      version: runnerVersions.buildkiteAgentV4,
      builtAs: 'agent',
    }),
}
