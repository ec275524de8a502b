import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isInternalVariable as onGitHub } from '../../github-action/src/ci.ts'
import { isInternalVariable as onGitLab } from '../../gitlab-ci/src/job/ci.ts'
import { internalVariables } from '../../oz-agent-buildkite-plugin/src/hidden-variables.ts'
import { isInternalVariable } from '../src/detect-ci.ts'

/** Of GitHub's runner, and no secrets: GitLab's runner has names that begin so too. */
const NO_SECRETS = /^RUNNER_(?:TRACKING_ID|NAME|OS|ARCH|TEMP|TOOL_CACHE|ENVIRONMENT|DEBUG|WORKSPACE)?$/

test.each([
  { ci: 'GitHub', file: 'github-action/src/ci.ts', isInternal: onGitHub },
  { ci: 'GitLab', file: 'gitlab-ci/src/job/ci.ts', isInternal: onGitLab },
  {
    ci: 'Buildkite',
    file: 'oz-agent-buildkite-plugin/src/hidden-variables.ts',
    isInternal: internalVariables({}),
  },
])(
  "every variable that $ci's own adapter keeps from the agent is kept by the command too",
  ({ file, isInternal }) => {
    const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
    // `CI_TOKEN`, and each of `CI_(TOKEN|KEY)`.
    const groups = [...source.matchAll(/([A-Z][A-Z_]*_)\(([^)]*)\)/g)]
    const stems = [
      ...(source.match(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]*/g) ?? []),
      ...groups.flatMap(([, head = '', tails = '']) =>
        tails.split('|').map((tail) => head + tail.replace('.*', 'X')),
      ),
    ]
    const names = new Set(
      stems.flatMap((stem) => [stem, `${stem}X`, `A${stem}`, `${stem}_TOKEN`, `MY_${stem}`]),
    )
    const kept = [...names].filter((name) => isInternal(name) && !NO_SECRETS.test(name))
    expect(kept.length).toBeGreaterThan(5)
    expect(kept.filter((name) => !isInternalVariable(name))).toEqual([])
  },
)
