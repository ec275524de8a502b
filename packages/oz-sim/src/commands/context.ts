import type { OutputFormat } from '../cli/commands/global-options.ts'
import { type Invocation, optionValue } from '../cli/invocation.ts'
import type { Host } from '../host.ts'
import { fatal } from '../run/ending.ts'
import type { RunStore } from '../run/run-store.ts'
import type { Script, Trouble } from '../script/schema.ts'

/** What a command gets: the call, the script in force, and the machine. */
export interface Context {
  readonly host: Host
  readonly call: Invocation
  readonly script: Script
  readonly store: RunStore
  /** The id that a run started by this call has. */
  readonly runId: string
  readonly heard: (signal: string) => void
}

export const formatOf = (call: Invocation): OutputFormat =>
  (optionValue(call, 'output-format') as OutputFormat | undefined) ?? 'pretty'

export const isJson = (call: Invocation): boolean => ['json', 'ndjson'].includes(formatOf(call))

/** Ends the command when the script does not accept the key, as the service would. */
export function requireKey({ call, script }: Pick<Context, 'call' | 'script'>): void {
  const key = optionValue(call, 'api-key')
  if (!key)
    throw fatal('Not logged in: no API key was given', [
      'set WARP_API_KEY, or create a key in the settings of Warp',
    ])
  if (key.startsWith('wk-invalid') || !key.startsWith(script.accept_key_prefix ?? 'wk-')) {
    throw fatal('The API key is invalid', ['the server answered 401 Unauthorized'])
  }
}

/** Waits, hangs or fails as the script says. */
export async function undergo(trouble: Trouble | undefined, host: Host): Promise<void> {
  const { toMs } = await import('../steps/duration.ts')
  if (trouble?.delay) await host.sleep(toMs(trouble.delay))
  while (trouble?.hang) await host.sleep(3_600_000)
  if (trouble?.fail) throw fatal(trouble.fail.message, trouble.fail.causes, trouble.fail.exit)
}
