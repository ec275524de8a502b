/** One program that users run as committed files: where its source starts, and the folder that it is built into. */
export interface Bundle {
  readonly entry: string
  readonly dist: string
  /** Functions that the entry exports: each gets a file `<name>.js` that calls it. */
  readonly starts?: readonly string[]
  /** How many files may stand beside `index.js` for code that is imported lazily. */
  readonly maxChunks: number
}

/** Every committed bundle. The folder belongs to its bundle alone: whatever else stands in it is removed. */
export const bundles: readonly Bundle[] = [
  {
    entry: 'packages/github-action/src/main.ts',
    dist: 'actions/run/dist',
    starts: ['main', 'post'],
    maxChunks: 3,
  },
  { entry: 'packages/oz-sim/src/main.ts', dist: 'actions/setup-oz-sim/dist', maxChunks: 0 },
  {
    entry: 'packages/gitlab-ci/src/generate-main.ts',
    dist: 'packages/gitlab-ci/dist/generate',
    maxChunks: 0,
  },
  { entry: 'packages/gitlab-ci/src/main.ts', dist: 'packages/gitlab-ci/dist/job', maxChunks: 0 },
  {
    entry: 'packages/oz-agent-buildkite-plugin/src/main.ts',
    dist: 'packages/oz-agent-buildkite-plugin/dist',
    starts: ['command', 'preExit'],
    maxChunks: 3,
  },
  { entry: 'packages/cli/src/entry/cli.ts', dist: 'packages/cli/dist', maxChunks: 3 },
]
