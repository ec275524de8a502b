import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'yaml'
import { isUuid } from '../cli/check.ts'
import { type Invocation, optionValue } from '../cli/command.ts'
import type { OutputFormat } from '../cli/grammar.ts'
import type { Host } from '../process-host.ts'
import { fatal } from '../run/ending.ts'
import type { Script, Trouble } from '../script/schema.ts'
import type { RunStore } from '../script/select.ts'
import { toMs } from '../steps/step.ts'

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
  if (trouble?.delay) await host.sleep(toMs(trouble.delay))
  while (trouble?.hang) await host.sleep(3_600_000)
  if (trouble?.fail) throw fatal(trouble.fail.message, trouble.fail.causes, trouble.fail.exit)
}

const KEYS = [
  'name',
  'environment_id',
  'runner_id',
  'model_id',
  'base_prompt',
  'mcp_servers',
  'host',
  'computer_use_enabled',
]

/**
 * The configuration file of `--file` (YAML or JSON); its keys are strict.
 *
 * @throws RunEnded with a fatal error, as the real CLI ends.
 */
export function readConfigFile(path: string): Readonly<Record<string, unknown>> {
  let content: unknown
  try {
    content = parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw failed(path, error instanceof Error ? error.message : String(error))
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw failed(path, 'expected a map of keys')
  }
  const unknown = Object.keys(content).find((key) => !KEYS.includes(key))
  if (unknown !== undefined)
    throw failed(path, `unknown field \`${unknown}\`, expected one of ${KEYS.join(', ')}`)
  return content as Record<string, unknown>
}

const failed = (path: string, cause: string) =>
  fatal(`Could not load the agent configuration file '${path}'`, [cause])

/**
 * What an `--mcp` value names must be there, and its JSON must parse: the parser takes any text.
 *
 * @throws RunEnded with a fatal error, as the real CLI ends.
 */
export function checkMcp(spec: string, cwd: string): void {
  if (spec.trim() === '')
    throw fatal('An MCP server is empty: expected a UUID, a path, a well-known id or JSON')
  if (isUuid(spec)) return
  const isInline = spec.trimStart().startsWith('{')
  if (!isInline && !/[\\/]/.test(spec) && !spec.endsWith('.json')) return
  try {
    JSON.parse(isInline ? spec : readFileSync(resolve(cwd, spec), 'utf8'))
  } catch (error) {
    const what = isInline ? 'the inline JSON' : `'${spec}'`
    throw fatal(`Could not read the MCP configuration ${what}`, [
      error instanceof Error ? error.message : String(error),
    ])
  }
}
