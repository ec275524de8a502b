import type { CommandSpec } from '../option.ts'
import type { Grammar } from '../parse.ts'
import { AGENT_RUN } from './agent-run.ts'
import { AGENT_RUN_CLOUD } from './agent-run-cloud.ts'
import { GLOBAL_OPTIONS } from './global-options.ts'
import { text } from './shared-options.ts'

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
