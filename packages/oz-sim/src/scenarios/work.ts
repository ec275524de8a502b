import type { Script } from '../script/schema.ts'

/** Agents that do their work. */
export const work = {
  // What happens when nothing else is asked for.
  success: {
    description: 'Thinks, says something, ends well.',
    steps: [{ reasoning: 'The request is clear.' }, { message: 'All done.' }],
  },
  'edits-files': {
    description: 'Creates a file, then changes it.',
    steps: [
      { message: 'I will write down what I find.' },
      { edit: { path: 'oz-notes.md', content: '# Notes\n\nNothing yet.\n', title: 'Add notes' } },
      {
        edit: { path: 'oz-notes.md', find: 'Nothing yet.', replace: 'One finding.', title: 'Fill in notes' },
      },
      { message: 'I wrote `oz-notes.md`.' },
    ],
  },
  'runs-command': {
    description: 'Runs a command that works.',
    steps: [{ run: 'echo hello from the working folder' }, { message: 'The command works.' }],
  },
  'failing-command': {
    description: 'Runs a command that fails; the agent itself ends well.',
    steps: [{ run: 'echo something broke >&2; exit 3' }, { message: 'The command failed with 3.' }],
  },
  artifacts: {
    description: 'Reports an artifact of every kind.',
    steps: [
      { edit: { path: 'oz-report.txt', content: 'A report.\n' } },
      {
        artifact: {
          pull_request: { url: 'https://github.com/org/repo/pull/1', branch: 'oz/change' },
          plan: { title: 'The plan' },
          screenshot: { description: 'The page after the change' },
          file: { path: 'oz-report.txt', description: 'A report' },
        },
      },
      { message: 'I opened a pull request.' },
    ],
  },
  'every-event': {
    description: 'Every documented type of event once.',
    steps: [
      { skill: 'code-review' },
      { todos: ['Look', 'Change'] },
      { reasoning: 'First look, then change.' },
      { read: ['README.md', 'missing.md'] },
      { tool: { name: 'grep', input: { queries: ['TODO'], path: '.' }, result: { files: [] } } },
      { tool: { name: 'call_mcp_tool', input: { name: 'search', input: {} }, error: 'the server is gone' } },
      { tool: { name: 'write_to_command', canceled: true } },
      { run: { command: 'echo hello', running: true } },
      { subagent: 'task-1' },
      { complete_todos: ['Look'] },
      {
        comments_addressed: [
          { comment_text: 'Name this', file_path: 'a.ts', line_number: 3, head_title: 'Add a thing' },
        ],
      },
      { message: 'Seen everything once.' },
    ],
  },
  slow: {
    description: 'Says a line every second for a minute.',
    steps: Array.from({ length: 60 }, (_, index) => [
      { message: `Still at it (${index + 1} of 60).` },
      { wait: '1s' },
    ]).flat(),
  },
} satisfies Record<string, Script>

const waiting = ['QUEUED', 'PENDING', 'CLAIMED', 'INPROGRESS']

/** Managed runs, as `agent run-cloud` and then `run get` show them. */
export const cloud = {
  'cloud-succeeded': {
    description: 'Goes through every state and succeeds.',
    cloud: { states: [...waiting, 'SUCCEEDED'], printed: ['InProgress'] },
  },
  'cloud-failed': {
    description: 'Fails; run-cloud exits 0 all the same.',
    cloud: { states: [...waiting, 'FAILED'], printed: ['InProgress', 'Failed'], error: 'The agent gave up' },
  },
  'cloud-error': {
    description: 'Ends with an error of the service.',
    cloud: {
      states: [...waiting, 'ERROR'],
      printed: ['Error'],
      error: 'The environment could not be set up',
      run: {
        status_message: {
          message: 'The environment could not be set up',
          error_code: 'environment-setup-failed',
          retryable: true,
        },
      },
    },
  },
  'cloud-blocked': {
    description: 'Waits for a person.',
    cloud: { states: [...waiting, 'BLOCKED'], printed: ['InProgress', 'Blocked'] },
  },
  'cloud-cancelled': {
    description: 'Someone cancels it.',
    cloud: { states: [...waiting, 'CANCELLED'], printed: ['InProgress', 'Unknown'] },
  },
  'cloud-unknown': {
    description: 'Comes to a state that no published release has.',
    cloud: { states: ['QUEUED', 'HIBERNATED'], printed: ['Unknown'] },
  },
  'cloud-at-capacity': {
    description: 'Stays queued: no worker is free.',
    cloud: { states: ['QUEUED'], printed: [], notice: 'All workers are busy; the run is queued.' },
  },
} satisfies Record<string, Script>
