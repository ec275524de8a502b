/** One program that users run as a single committed file: where its source starts, and the folder that it is built into. */
export interface Bundle {
  readonly entry: string
  readonly dist: string
  /** Functions that the entry exports: each gets a file `<name>.js` that calls it. */
  readonly starts?: readonly string[]
}

/**
 * Every committed bundle. The folder belongs to its bundle alone: whatever else stands in it is removed.
 * A program that needs part of its code rarely imports that part lazily and gets it as a chunk of its own.
 */
export const bundles: readonly Bundle[] = [
  { entry: 'packages/github-action/src/entry/step.ts', dist: 'actions/run/dist', starts: ['main', 'post'] },
  { entry: 'packages/oz-sim/src/main.ts', dist: 'actions/setup-oz-sim/dist/oz-sim' },
  { entry: 'packages/oz-sim/src/setup-action.ts', dist: 'actions/setup-oz-sim/dist/setup' },
  { entry: 'packages/gitlab-ci/src/generate-main.ts', dist: 'packages/gitlab-ci/dist/generate' },
  { entry: 'packages/gitlab-ci/src/main.ts', dist: 'packages/gitlab-ci/dist/job' },
  {
    entry: 'packages/oz-agent-buildkite-plugin/src/entry/hooks.ts',
    dist: 'packages/oz-agent-buildkite-plugin/dist',
    starts: ['command', 'preExit'],
  },
  { entry: 'packages/cli/src/entry/cli.ts', dist: 'packages/cli/dist' },
]
