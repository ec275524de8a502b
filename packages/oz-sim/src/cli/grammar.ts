import { durationProblem, jqProblem, shareProblem, skillProblem, uuidProblem } from './check.ts'
import type { CommandSpec, Grammar, OptionSpec } from './command.ts'

export const OUTPUT_FORMATS = ['json', 'ndjson', 'pretty', 'text'] as const
export type OutputFormat = (typeof OUTPUT_FORMATS)[number]

type More = Partial<OptionSpec>
const hidden = { hidden: true } as const

/** An option with one free text value. */
const text = (long: string, help: string, more: More = {}): OptionSpec => ({
  long,
  arity: 'one',
  help,
  ...more,
})
const flag = (long: string, help: string, more: More = {}): OptionSpec => ({
  long,
  arity: 'none',
  help,
  ...more,
})
const path = (long: string, help: string, more: More = {}): OptionSpec =>
  text(long, help, { value: 'PATH', filled: true, ...more })
const duration = (long: string, help: string, more: More = {}): OptionSpec =>
  text(long, help, { value: 'DURATION', check: durationProblem, ...more })
const idle = (long: string, help: string, bare: string, more: More = {}): OptionSpec =>
  duration(long, help, { arity: 'optional', bare, ...hidden, ...more })

const GLOBALS: readonly OptionSpec[] = [
  text('api-key', 'API key', { env: 'WARP_API_KEY' }),
  text('output-format', 'How to print results', { env: 'WARP_OUTPUT_FORMAT', choices: OUTPUT_FORMATS }),
  flag('debug', 'Print logs on stderr'),
  text('server-root-url', 'Server', { env: 'WARP_SERVER_ROOT_URL', ...hidden }),
  text('ws-server-url', 'Server for live updates', { env: 'WARP_WS_SERVER_URL', ...hidden }),
  text('session-sharing-server-url', 'Server for shared sessions', {
    env: 'WARP_SESSION_SHARING_SERVER_URL',
    ...hidden,
  }),
]

/** What the agent is asked to do. */
const PROMPT: readonly OptionSpec[] = [
  text('prompt', 'What the agent should do', { short: 'p', conflicts: ['saved-prompt'] }),
  text('saved-prompt', 'Prompt saved in Warp Drive', { value: 'ID' }),
  text('skill', 'Skill to use as base prompt', { value: 'SPEC', check: skillProblem }),
]
// What an MCP server is, and whether its JSON parses, is looked at when the run starts.
const MCP = text('mcp', 'MCP server: UUID, JSON file, well-known id or inline JSON', {
  value: 'SPEC',
  repeatable: true,
})
const FILE = path('file', 'Configuration file (YAML or JSON)', { short: 'f', env: 'WARP_AGENT_CONFIG_FILE' })
const SNAPSHOT: readonly OptionSpec[] = [
  flag('no-snapshot', 'Take no snapshot at the end'),
  duration('snapshot-upload-timeout', 'How long the upload of a snapshot may take'),
  duration('snapshot-script-timeout', 'How long the script before a snapshot may take'),
]
const computerUse = (more: More): readonly OptionSpec[] => [
  flag('computer-use', 'Allow computer use', { conflicts: ['no-computer-use'], ...more }),
  flag('no-computer-use', 'Forbid computer use', more),
]
const HARNESS = text('harness', 'Agent to delegate to', {
  choices: ['oz', 'claude', 'opencode', 'gemini', 'codex'],
  choiceAliases: ['claude-code', 'open-code'],
})
const JQ = text('jq', 'Filter for the JSON output', { value: 'FILTER', check: jqProblem })

const AGENT_RUN: CommandSpec = {
  name: 'run',
  aliases: ['r'],
  about: 'Run an agent on this machine',
  oneOf: ['prompt', 'saved-prompt', 'skill', 'task-id'],
  options: [
    ...PROMPT,
    text('model', 'Model to use'),
    text('name', 'Name that groups runs', { short: 'n' }),
    path('cwd', 'Working folder', { short: 'C', value: 'DIR' }),
    text('share', 'Share the session; alone, with yourself only', {
      arity: 'optional',
      value: 'RECIPIENT',
      repeatable: true,
      check: shareProblem,
    }),
    MCP,
    text('mcp-server', 'MCP server by its UUID', {
      value: 'UUID',
      repeatable: true,
      check: uuidProblem,
      ...hidden,
    }),
    flag('strict-mcp-startup', 'Fail when an MCP server does not start'),
    duration('mcp-startup-timeout', 'How long an MCP server may take to start'),
    text('environment', 'Environment to run with', { short: 'e' }),
    text('profile', 'Agent profile'),
    text('conversation', 'Conversation to continue'),
    FILE,
    ...SNAPSHOT,
    ...computerUse(hidden),
    { ...HARNESS, ...hidden },
    idle('idle-on-complete', 'Keep the session open after success', '45m'),
    idle('idle-on-fail', 'Keep the session open after failure', '15m', { env: 'OZ_IDLE_ON_FAIL' }),
    flag('sandboxed', 'Run without a profile', hidden),
    text('task-id', 'Task to carry out', { conflicts: ['prompt', 'saved-prompt', 'file'], ...hidden }),
    flag('skip-initial-turn', 'Wait for the first message', {
      needs: ['task-id', 'idle-on-complete'],
      ...hidden,
    }),
    flag('gui', 'Show the run in the desktop app', hidden),
    text('bedrock-inference-role', 'Role for AWS Bedrock', { needs: ['bedrock-role-region'], ...hidden }),
    text('bedrock-role-region', 'Region of AWS Bedrock', { needs: ['bedrock-inference-role'], ...hidden }),
    flag('configure-git-credentials-with-github', 'Set up Git for GitHub', hidden),
    flag('remove-repository-origins', 'Remove the remotes of repositories', hidden),
  ],
}

const AGENT_RUN_CLOUD: CommandSpec = {
  name: 'run-cloud',
  aliases: ['ra', 'run-ambient'],
  about: 'Run an agent on a managed worker',
  oneOf: ['prompt', 'saved-prompt', 'skill'],
  options: [
    ...PROMPT,
    text('model', 'Model to use'),
    text('name', 'Name that groups runs', { short: 'n' }),
    text('title', 'Title of the run'),
    MCP,
    text('environment', 'Environment to run in', { short: 'e', conflicts: ['no-environment'] }),
    flag('no-environment', 'Run without an environment'),
    text('host', "Worker to run on; 'warp' for Warp's own"),
    text('runner', 'Runner to use'),
    text('agent', 'Agent to run'),
    text('conversation', 'Conversation to continue'),
    path('attach', 'File to attach', { repeatable: true }),
    ...computerUse({}),
    HARNESS,
    text('claude-auth-secret', "Secret for the harness 'claude'"),
    text('codex-auth-secret', "Secret for the harness 'codex'"),
    ...SNAPSHOT,
    flag('team', 'Run for the team', { conflicts: ['personal'] }),
    flag('personal', 'Run for yourself'),
    text('parent-run-id', 'Run that started this one'),
    FILE,
    flag('open', 'Open the run in the browser'),
  ],
}

type Rest = Omit<CommandSpec, 'name' | 'about'>
const command = (name: string, about: string, rest: Rest = {}): CommandSpec => ({ name, about, ...rest })
const group = (name: string, about: string, subcommands: readonly CommandSpec[], rest: Rest = {}) =>
  command(name, about, { subcommands, ...rest })

const LIST = command('list', 'List all')
const GET = command('get', 'Show one', { positionals: ['ID'] })
const PULL_REQUEST = command('pull-request', 'A pull request', {
  options: [text('url', 'Its link'), text('branch', 'Its branch')],
})
// The rest of the command is not known here.
const open = { open: true } as const

/** The published page names only `--host` of these; the others are the least that a schedule or integration needs. */
const MANAGED = [
  text('name', 'Name', { short: 'n' }),
  text('prompt', 'What the agent should do', { short: 'p' }),
  text('environment', 'Environment to run in', { short: 'e' }),
  text('host', 'Worker to run on'),
]
const SCHEDULE = [...MANAGED, text('cron', 'When to run, as five cron fields')]

const COMMANDS: readonly CommandSpec[] = [
  group('agent', 'Run and list agents', [
    AGENT_RUN,
    AGENT_RUN_CLOUD,
    command('list', 'List all', { options: [JQ, text('sort-by', 'Order of the list')] }),
    GET,
    command('create', 'Create an agent', open),
    group('profile', 'Look at profiles', [LIST], open),
    command('skills', 'List skills', { options: [text('repo', 'Repository to look in')] }),
  ]),
  group(
    'run',
    'Look at runs',
    [
      command('get', 'Show one', {
        positionals: ['ID'],
        options: [JQ, flag('conversation', 'Show its conversation')],
      }),
      command('list', 'List all', { options: [text('state', 'Only runs in this state'), JQ], ...open }),
      group('conversation', 'Look at conversations', [GET], open),
      group('message', 'Look at messages', [command('list', 'List all', { positionals: ['ID'] })], open),
    ],
    { aliases: ['task'] },
  ),
  group('model', 'Look at models', [LIST]),
  group('environment', 'Look at environments', [LIST, GET], { aliases: ['e'] }),
  group('schedule', 'Run agents on a schedule', [
    LIST,
    command('create', 'Create a schedule', { options: SCHEDULE }),
    command('update', 'Change a schedule', { options: SCHEDULE, positionals: ['ID'] }),
  ]),
  group('integration', 'Run agents from other tools', [
    LIST,
    command('create', 'Create an integration', { options: MANAGED, positionals: ['PROVIDER'] }),
    command('update', 'Change an integration', { options: MANAGED, positionals: ['PROVIDER'] }),
  ]),
  command('whoami', 'Show whose API key is in use'),
  group(
    'harness-support',
    'For programs that start agents',
    [
      command('report-shutdown', 'Close a run whose process ended', {
        options: [text('error-category', 'Kind of failure'), text('error-message', 'What went wrong')],
      }),
      command('ping', 'Say that the run is alive'),
      command('finish-task', 'Say how the task ended', {
        options: [text('status', 'How it ended'), text('summary', 'What was done')],
      }),
      group('report-artifact', 'Report an artifact', [PULL_REQUEST], open),
      command('report-external-reference', 'Report a link', open),
    ],
    { options: [text('run-id', 'Run to act on', { env: 'OZ_RUN_ID' })], required: ['run-id'] },
  ),
  ...['secret', 'mcp', 'api-key', 'runner', 'provider'].map((name) =>
    group(name, 'Manage them', [LIST], open),
  ),
  group('artifact', 'Look at artifacts', [command('download', 'Download one', { positionals: ['ID'] }), GET]),
  group('federate', 'Use the identity of a run elsewhere', [
    command('issue-token', 'Issue an OIDC token', {
      options: [text('audience', 'For whom')],
      required: ['audience'],
      ...open,
    }),
  ]),
  command('login', 'Sign in'),
  command('logout', 'Sign out'),
  command('completions', 'Print completions for a shell', { positionals: ['SHELL'] }),
]

/** Everything `oz` accepts, under the name it was called by (`oz`, `oz-preview`, `oz-dev`). */
export function ozGrammar(name: string): Grammar {
  const dump = flag('dump-debug-info', 'Print what helps to look into a problem', { acts: true, ...hidden })
  const root = group(name, 'The Oz command line (stand-in)', COMMANDS, { options: [dump], alone: true })
  return { root, globals: GLOBALS }
}
