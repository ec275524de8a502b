import { isAbsolute, join, relative } from 'node:path'
import { type Environment, type Files, RunnerError } from '@oz-agent/core'
import { split } from 'shlex'

/** How the step's own command is started. */
export interface StepCommand {
  /** The command as the pipeline has it. */
  readonly text: string
  readonly file: string
  readonly args: readonly string[]
  /** When the command is a file of the checkout: its path. It may not be executable yet. */
  readonly script: string | undefined
}

/** Whether the Buildkite agent may run any command. With `no-command-eval` it only runs files of the checkout. */
export function mayEvaluate(env: Environment): boolean {
  return env.BUILDKITE_COMMAND_EVAL !== 'false'
}

const DEFAULT_SHELL = '/bin/bash -e -c'

/** Whether the step has a command of its own. */
export function hasCommand(env: Environment): boolean {
  return (env.BUILDKITE_COMMAND ?? '').trim() !== ''
}

/**
 * The step's command as the Buildkite agent itself would start it. A command that is the name of a file of the
 * checkout runs that file; any other goes to the agent's shell. Rejects with `not-permitted` when this agent only
 * runs files.
 * @param folder the folder of the hook: the checkout, or where an earlier hook went from there.
 * https://buildkite.com/docs/agent/configuration
 */
export async function stepCommand(
  env: Environment,
  folder: string,
  files: Pick<Files, 'info'>,
): Promise<StepCommand> {
  const text = env.BUILDKITE_COMMAND ?? ''
  const shell = shellWords(env.BUILDKITE_SHELL || DEFAULT_SHELL)
  if (shell === undefined || shell.length === 0) {
    throw new RunnerError('invalid-input', `the agent's shell cannot be read: ${env.BUILDKITE_SHELL}`, {
      remedy: 'Correct `shell` in the configuration of the Buildkite agent.',
    })
  }
  const path = join(folder, text.replaceAll('\n', ''))
  const isFile = await isFileAt(path, files)
  const within = relative(folder, path)
  const isOutside = within.startsWith('..') || isAbsolute(within)
  if (!mayEvaluate(env) && (!isFile || isOutside)) {
    throw new RunnerError('not-permitted', 'this Buildkite agent only runs files of the checkout', {
      remedy: 'Let the step run a script of the repository, or use an agent without `no-command-eval`.',
    })
  }
  const last = isFile ? `./${within}` : text
  // stdout and stderr share one pipe, so that their lines stay in order.
  const args = ['-c', 'exec "$@" 2>&1', 'sh', ...shell, last]
  return { text, file: '/bin/sh', args, script: isFile ? path : undefined }
}

/** A path that cannot be looked up, such as one that is too long, is no file: the Buildkite agent says the same. */
async function isFileAt(path: string, files: Pick<Files, 'info'>): Promise<boolean> {
  try {
    return (await files.info(path))?.kind === 'file'
  } catch {
    return false
  }
}

/** The words of the agent's `shell` setting: nothing in it is expanded. Undefined when a quote is not closed. */
export function shellWords(line: string): string[] | undefined {
  try {
    return split(line)
  } catch {
    return undefined
  }
}
