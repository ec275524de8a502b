import type { Files } from '@oz-agent/core'

/** Appends values to a command file of the runner; without one (an old runner, a bare shell) they are nowhere to go. */
export function appendKeyValues(
  path: string | undefined,
  values: Readonly<Record<string, string>>,
  files: Pick<Files, 'append'>,
): void {
  if (!path) return
  const blocks = Object.entries(values).map(([key, value]) => keyValueBlock(key, value))
  const file = files.append(path)
  file.write(blocks.join(''))
  file.close()
}

/**
 * One entry of `GITHUB_OUTPUT` or `GITHUB_STATE`. The delimiter is random, so that no value can end its own block;
 * a value that holds it all the same (it would have to guess) is refused.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
 */
export function keyValueBlock(key: string, value: string, delimiter = `oz_${crypto.randomUUID()}`): string {
  if (key.includes(delimiter) || value.includes(delimiter)) {
    throw new Error(`the value of ${key} holds the delimiter of its own block`)
  }
  return `${key}<<${delimiter}\n${value}\n${delimiter}\n`
}
