import { execa } from 'execa'
import { root } from './paths.ts'

/**
 * Runs a tool of the workspace in the checkout, with its output shown as it comes.
 * Returns its exit status; a tool that could not be started throws.
 */
export async function runTool(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<number> {
  const result = await execa(command, args, {
    cwd: root,
    env,
    preferLocal: true,
    localDir: root,
    stdio: 'inherit',
    reject: false,
  })
  if (result.exitCode === undefined && result.signal === undefined) throw result
  return result.exitCode ?? 1
}
