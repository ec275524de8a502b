import type { CommandSpec } from '../option.ts'
import {
  computerUse,
  FILE_OPTION,
  MCP_OPTION,
  PROMPT_OPTIONS,
  SNAPSHOT_OPTIONS,
  text,
} from './shared-options.ts'

/** `oz agent run-cloud`: hands an agent to a managed worker. */
export const AGENT_RUN_CLOUD: CommandSpec = {
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
