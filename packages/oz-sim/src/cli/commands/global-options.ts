import type { OptionSpec } from '../option.ts'
import { text } from './shared-options.ts'

export const OUTPUT_FORMATS = ['json', 'ndjson', 'pretty', 'text'] as const
export type OutputFormat = (typeof OUTPUT_FORMATS)[number]

/** Accepted by every command, before or after its name. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
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
