import { join } from 'node:path'
import { execa } from 'execa'

/** The checkout. */
export const root = join(import.meta.dirname, '../../..')

/** Where builds stand on the way; ignored by git, safe to delete. */
export const scratchFolder = join(root, '.build')

/** Something that went wrong in a way that its message explains; a stack would only distract. */
export class ToolingError extends Error {
  override readonly name = 'ToolingError'
}

/** Runs a command's work; what it expects to go wrong is told in one message, everything else with its stack. */
export async function runCommand(work: () => Promise<number | undefined>): Promise<void> {
  try {
    process.exitCode = (await work()) ?? 0
  } catch (error) {
    if (!(error instanceof ToolingError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

/** Runs a tool of the workspace; `what` says what it could not do, and stands before its output, if it fails. */
export async function runTool(
  tool: string,
  args: readonly string[],
  what: string,
  cwd: string = root,
): Promise<void> {
  const options = { cwd, preferLocal: true, localDir: root, all: true, reject: false } as const
  const run = await execa(tool, args, options)
  if (run.failed) throw new ToolingError(`${what}:\n${withoutStack(run.all || (run.message ?? ''))}`)
}

function withoutStack(output: string): string {
  return output
    .split('\n')
    .filter((line) => !/^\s+at /.test(line))
    .join('\n')
}

/** What git knows of the checkout by these patterns, new files too; paths with forward slashes. */
export async function listFiles(...patterns: readonly string[]): Promise<readonly string[]> {
  const options = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '-z']
  const { stdout } = await execa('git', [...options, ...patterns], { cwd: root })
  return stdout.split('\0').filter((path) => path !== '')
}
