import { readFileSync } from 'node:fs'
import { fatal } from '../run/ending.ts'

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
export async function readConfigFile(path: string): Promise<Readonly<Record<string, unknown>>> {
  const { parse } = await import('yaml')
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
