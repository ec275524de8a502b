import type { CommandSpec, Grammar, OptionSpec } from './command.ts'
import { durationProblem, mcpProblem, shareProblem, skillProblem } from './values.ts'

/** An option with one free text value. */
const text = (long: string, help: string, short?: string): OptionSpec => ({
  long,
  arity: 'one',
  help,
  ...(short === undefined ? {} : { short }),
})

export const OUTPUT_FORMATS = ['json', 'ndjson', 'pretty', 'text'] as const
export type OutputFormat = (typeof OUTPUT_FORMATS)[number]

/** Accepted by every command, before or after its name. */
const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { ...text('api-key', 'API key'), env: 'WARP_API_KEY' },
  {
    ...text('output-format', 'How to print results'),
    env: 'WARP_OUTPUT_FORMAT',
    choices: OUTPUT_FORMATS,
  },
  { long: 'debug', arity: 'none', help: 'Print logs on stderr' },
  { ...text('server-root-url', 'Server'), env: 'WARP_SERVER_ROOT_URL', hidden: true },
  { ...text('ws-server-url', 'Server for live updates'), env: 'WARP_WS_SERVER_URL', hidden: true },
  {
    ...text('session-sharing-server-url', 'Server for shared sessions'),
    env: 'WARP_SESSION_SHARING_SERVER_URL',
    hidden: true,
  },
]

/** What the agent is asked to do; one of the three is needed. */
const PROMPT_OPTIONS: readonly OptionSpec[] = [
  { long: 'prompt', short: 'p', arity: 'one', help: 'What the agent should do', conflicts: ['saved-prompt'] },
  { long: 'saved-prompt', arity: 'one', value: 'ID', help: 'Prompt saved in Warp Drive' },
  { long: 'skill', arity: 'one', value: 'SPEC', help: 'Skill to use as base prompt', check: skillProblem },
]

const MCP_OPTION: OptionSpec = {
  long: 'mcp',
  arity: 'one',
  value: 'SPEC',
  help: 'MCP server: UUID, JSON file, well-known id or inline JSON',
  repeatable: true,
  check: mcpProblem,
}

const FILE_OPTION: OptionSpec = {
  long: 'file',
  short: 'f',
  arity: 'one',
  value: 'PATH',
  env: 'WARP_AGENT_CONFIG_FILE',
  help: 'Configuration file (YAML or JSON)',
}

const SNAPSHOT_OPTIONS: readonly OptionSpec[] = [
  { long: 'no-snapshot', arity: 'none', help: 'Take no snapshot at the end' },
  duration('snapshot-upload-timeout', 'How long the upload of a snapshot may take'),
  duration('snapshot-script-timeout', 'How long the script before a snapshot may take'),
]

/** A pair of switches that exclude each other. */
const computerUse = (visibility: { readonly hidden?: true }): readonly OptionSpec[] => [
  {
    long: 'computer-use',
    arity: 'none',
    help: 'Allow computer use',
    conflicts: ['no-computer-use'],
    ...visibility,
  },
  { long: 'no-computer-use', arity: 'none', help: 'Forbid computer use', ...visibility },
]

function duration(long: string, help: string): OptionSpec {
  return { long, arity: 'one', value: 'DURATION', help, check: durationProblem }
}

/** `oz agent run`: one agent on this machine. */
const AGENT_RUN: CommandSpec = {
  name: 'run',
  about: 'Run an agent on this machine',
  oneOf: ['prompt', 'saved-prompt', 'skill', 'task-id'],
  options: [
    ...PROMPT_OPTIONS,
    text('model', 'Model to use'),
    text('name', 'Name that groups runs', 'n'),
    { ...text('cwd', 'Working folder', 'C'), value: 'DIR' },
    {
      long: 'share',
      arity: 'optional',
      value: 'RECIPIENT',
      help: 'Share the session; alone, with yourself only',
      repeatable: true,
      check: shareProblem,
    },
    MCP_OPTION,
    { long: 'strict-mcp-startup', arity: 'none', help: 'Fail when an MCP server does not start' },
    duration('mcp-startup-timeout', 'How long an MCP server may take to start'),
    text('environment', 'Environment to run with', 'e'),
    text('profile', 'Agent profile'),
    text('conversation', 'Conversation to continue'),
    FILE_OPTION,
    ...SNAPSHOT_OPTIONS,
    ...computerUse({ hidden: true }),
    { ...text('harness', 'Agent to delegate to'), hidden: true },
    { ...idle('idle-on-complete', 'Keep the session open after success') },
    { ...idle('idle-on-fail', 'Keep the session open after failure'), env: 'OZ_IDLE_ON_FAIL' },
    { long: 'sandboxed', arity: 'none', help: 'Run without a profile', hidden: true },
    { ...text('task-id', 'Task to carry out'), hidden: true },
  ],
}

function idle(long: string, help: string) {
  return { long, arity: 'optional', value: 'DURATION', help, hidden: true, check: durationProblem } as const
}

/** `oz agent run-cloud`: hands an agent to a managed worker. */
const AGENT_RUN_CLOUD: CommandSpec = {
  name: 'run-cloud',
  about: 'Run an agent on a managed worker',
  oneOf: ['prompt', 'saved-prompt', 'skill'],
  options: [
    ...PROMPT_OPTIONS,
    text('model', 'Model to use'),
    text('name', 'Name that groups runs', 'n'),
    text('title', 'Title of the run'),
    MCP_OPTION,
    { ...text('environment', 'Environment to run in', 'e'), conflicts: ['no-environment'] },
    { long: 'no-environment', arity: 'none', help: 'Run without an environment' },
    text('host', "Worker to run on; 'warp' for Warp's own"),
    text('runner', 'Runner to use'),
    text('agent', 'Agent to run'),
    text('conversation', 'Conversation to continue'),
    { ...text('attach', 'File to attach'), value: 'PATH', repeatable: true, maxTimes: 5 },
    ...computerUse({}),
    { ...text('harness', 'Agent to delegate to'), choices: ['oz', 'claude', 'codex'] },
    { ...text('claude-auth-secret', "Secret for the harness 'claude'"), needs: ['harness'] },
    { ...text('codex-auth-secret', "Secret for the harness 'codex'"), needs: ['harness'] },
    ...SNAPSHOT_OPTIONS,
    { long: 'team', arity: 'none', help: 'Run for the team', conflicts: ['personal'] },
    { long: 'personal', arity: 'none', help: 'Run for yourself' },
    text('parent-run-id', 'Run that started this one'),
    FILE_OPTION,
  ],
}

const group = (name: string, about: string, ...subcommands: readonly CommandSpec[]): CommandSpec => ({
  name,
  about,
  subcommands,
})

const LIST: CommandSpec = { name: 'list', about: 'List all' }
const GET: CommandSpec = { name: 'get', about: 'Show one', positionals: ['ID'] }

/** The published page names only `--host` of these; the others are the least that a schedule or integration needs. */
const MANAGED_OPTIONS = [
  text('name', 'Name', 'n'),
  text('prompt', 'What the agent should do', 'p'),
  text('environment', 'Environment to run in', 'e'),
  text('host', 'Worker to run on'),
]
const SCHEDULE_OPTIONS = [...MANAGED_OPTIONS, text('cron', 'When to run, as five cron fields')]

const REPORT_SHUTDOWN: CommandSpec = {
  name: 'report-shutdown',
  about: 'Close a run whose process ended',
  options: [
    { ...text('error-category', 'Kind of failure'), needs: ['error-message'] },
    { ...text('error-message', 'What went wrong'), needs: ['error-category'] },
  ],
}

/** Everything `oz` accepts, under the name it was called by (`oz`, `oz-preview`, `oz-dev`). */
export function ozGrammar(name: string): Grammar {
  const root = group(
    name,
    'The Oz command line (stand-in)',
    group('agent', 'Run and list agents', AGENT_RUN, AGENT_RUN_CLOUD, LIST),
    group('run', 'Look at runs', GET),
    group('model', 'Look at models', LIST),
    group('environment', 'Look at environments', LIST, GET),
    group(
      'schedule',
      'Run agents on a schedule',
      { name: 'create', about: 'Create a schedule', options: SCHEDULE_OPTIONS },
      { name: 'update', about: 'Change a schedule', options: SCHEDULE_OPTIONS, positionals: ['ID'] },
    ),
    group(
      'integration',
      'Run agents from other tools',
      { name: 'create', about: 'Create an integration', options: MANAGED_OPTIONS, positionals: ['PROVIDER'] },
      { name: 'update', about: 'Change an integration', options: MANAGED_OPTIONS, positionals: ['PROVIDER'] },
    ),
    { name: 'whoami', about: 'Show whose API key is in use' },
    {
      ...group('harness-support', 'For programs that start agents', REPORT_SHUTDOWN),
      options: [text('run-id', 'Run to act on')],
      required: ['run-id'],
    },
  )
  return { root, globals: GLOBAL_OPTIONS }
}
