import type { OptionSpec } from '../option.ts'
import { durationProblem } from '../values/duration.ts'
import { mcpProblem } from '../values/mcp.ts'
import { skillProblem } from '../values/skill.ts'

/** What the agent is asked to do; one of the three is needed. */
export const PROMPT_OPTIONS: readonly OptionSpec[] = [
  { long: 'prompt', short: 'p', arity: 'one', help: 'What the agent should do', conflicts: ['saved-prompt'] },
  { long: 'saved-prompt', arity: 'one', value: 'ID', help: 'Prompt saved in Warp Drive' },
  { long: 'skill', arity: 'one', value: 'SPEC', help: 'Skill to use as base prompt', check: skillProblem },
]

export const MCP_OPTION: OptionSpec = {
  long: 'mcp',
  arity: 'one',
  value: 'SPEC',
  help: 'MCP server: UUID, JSON file, well-known id or inline JSON',
  repeatable: true,
  check: mcpProblem,
}

export const FILE_OPTION: OptionSpec = {
  long: 'file',
  short: 'f',
  arity: 'one',
  value: 'PATH',
  env: 'WARP_AGENT_CONFIG_FILE',
  help: 'Configuration file (YAML or JSON)',
}

export const SNAPSHOT_OPTIONS: readonly OptionSpec[] = [
  { long: 'no-snapshot', arity: 'none', help: 'Take no snapshot at the end' },
  duration('snapshot-upload-timeout', 'How long the upload of a snapshot may take'),
  duration('snapshot-script-timeout', 'How long the script before a snapshot may take'),
]

/** A pair of switches that exclude each other. */
export const computerUse = (visibility: { readonly hidden?: true }): readonly OptionSpec[] => [
  {
    long: 'computer-use',
    arity: 'none',
    help: 'Allow computer use',
    conflicts: ['no-computer-use'],
    ...visibility,
  },
  { long: 'no-computer-use', arity: 'none', help: 'Forbid computer use', ...visibility },
]

export function duration(long: string, help: string): OptionSpec {
  return { long, arity: 'one', value: 'DURATION', help, check: durationProblem }
}

/** An option with one free text value. */
export const text = (long: string, help: string, short?: string): OptionSpec => ({
  long,
  arity: 'one',
  help,
  ...(short === undefined ? {} : { short }),
})
