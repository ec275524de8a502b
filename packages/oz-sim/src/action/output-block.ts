import { randomUUID } from 'node:crypto'

/**
 * One output as the file GITHUB_OUTPUT takes it; the delimiter is random, so that no value can end its block.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
 */
export function outputBlock(name: string, value: string): string {
  const delimiter = `end-${randomUUID()}`
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`
}

/** An error annotation; line ends and per cent signs are escaped as the runner wants them. */
export function errorCommand(message: string): string {
  const escaped = message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  return `::error title=setup-oz-sim::${escaped}\n`
}
