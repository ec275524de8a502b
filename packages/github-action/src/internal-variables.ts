/**
 * What belongs to the runner and the action rather than to the job: tokens, command files, inputs.
 * `RUNNER_TRACKING_ID` is not among them: by it the runner finds processes that a job leaves behind.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
const NAMES = new Set([
  'GITHUB_ENV',
  'GITHUB_OUTPUT',
  'GITHUB_PATH',
  'GITHUB_STATE',
  'GITHUB_STEP_SUMMARY',
  'GITHUB_ACTION_PATH',
])
const PREFIXES = ['INPUT_', 'STATE_', 'ACTIONS_']

export function isInternalVariable(name: string): boolean {
  const upper = name.toUpperCase()
  return NAMES.has(upper) || PREFIXES.some((prefix) => upper.startsWith(prefix))
}
