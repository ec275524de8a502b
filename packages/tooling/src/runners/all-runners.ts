import { act } from './act.ts'
import { actionlint } from './actionlint.ts'
import { bats } from './bats.ts'
import { buildkiteAgent } from './buildkite-agent.ts'
import { buildkiteAgentV4 } from './buildkite-agent-v4.ts'
import { checkJsonschema } from './check-jsonschema.ts'
import { gitlabCiLocal } from './gitlab-ci-local.ts'
import { oldestNode } from './oldest-node.ts'
import type { Runner } from './runner.ts'
import { shellcheck } from './shellcheck.ts'

/** Every runner that `npm run test:runners` brings; a new one is one file beside this one and one line here. */
export const allRunners: readonly Runner[] = [
  actionlint,
  act,
  buildkiteAgent,
  buildkiteAgentV4,
  gitlabCiLocal,
  shellcheck,
  checkJsonschema,
  bats,
  oldestNode,
]
