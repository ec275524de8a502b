import type { CommandSpec } from '../option.ts'
import { durationProblem } from '../values/duration.ts'
import { shareProblem } from '../values/share.ts'
import {
  computerUse,
  duration,
  FILE_OPTION,
  MCP_OPTION,
  PROMPT_OPTIONS,
  SNAPSHOT_OPTIONS,
  text,
} from './shared-options.ts'

/** `oz agent run`: one agent on this machine. */
export const AGENT_RUN: CommandSpec = {
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
