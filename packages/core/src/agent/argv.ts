import { formatDuration } from '../contract/duration.ts'
import type { RunRequest } from '../contract/request.ts'
import { shareFlag } from '../contract/share.ts'

/** What the CLI is told of things that were first put into files. */
export interface Materials {
  /** The prompt as it goes on the command line: itself, or a pointer to the file that holds it. */
  readonly prompt: string | undefined
  /** A path or an id for each MCP entry; never inline JSON. */
  readonly mcp: readonly string[]
}

/**
 * The exact arguments of the CLI. Values are joined with `=`, because the parser takes a value that
 * begins with `-` in no other form. Source: https://docs.warp.dev/reference/cli
 */
export function buildArgv(request: RunRequest, materials: Materials): string[] {
  const { placement } = request
  const local = placement.kind === 'local'
  return [
    'agent',
    local ? 'run' : 'run-cloud',
    // Always JSON: it is the one form that tells events from speech. run-cloud ignores it.
    '--output-format=json',
    ...option('--prompt', materials.prompt),
    ...option('--saved-prompt', request.prompt.kind === 'saved' ? request.prompt.id : undefined),
    ...option('--skill', request.skill),
    ...option('--conversation', request.conversation),
    ...option('--model', request.model),
    ...option('--name', request.name),
    ...environmentFlags(request),
    ...option('--file', request.configFile),
    ...materials.mcp.map((source) => `--mcp=${source}`),
    ...computerUseFlags(request.computerUse),
    ...(placement.kind === 'local' ? localFlags(placement) : option('--host', placement.host)),
    ...(request.debug ? ['--debug'] : []),
  ]
}

function option(flag: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`${flag}=${value}`]
}

/** A cloud run asks on a terminal, or fails, when it is told neither. */
function environmentFlags({ environment, placement }: RunRequest): string[] {
  if (environment !== undefined) return [`--environment=${environment}`]
  return placement.kind === 'cloud' ? ['--no-environment'] : []
}

function computerUseFlags(wanted: boolean | undefined): string[] {
  if (wanted === undefined) return []
  return [wanted ? '--computer-use' : '--no-computer-use']
}

type LocalPlacement = Extract<RunRequest['placement'], { kind: 'local' }>

function localFlags(placement: LocalPlacement): string[] {
  return [
    // Without a profile, this hidden flag selects the permissions meant for CI, as the official action does.
    ...(placement.profile === undefined ? ['--sandboxed'] : [`--profile=${placement.profile}`]),
    ...(placement.strictMcpStartup ? ['--strict-mcp-startup'] : []),
    ...option('--mcp-startup-timeout', durationText(placement.mcpStartupTimeout)),
    ...option('--cwd', placement.cwd),
    // A bare --share is safe here: what follows it begins with `--`, or nothing follows.
    ...(placement.share ?? []).map(shareFlag),
  ]
}

function durationText(duration: number | undefined): string | undefined {
  return duration === undefined ? undefined : formatDuration(duration)
}
