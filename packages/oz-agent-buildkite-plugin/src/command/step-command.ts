import { isAbsolute, join, relative } from 'node:path'
import { type Environment, type Files, RunnerError } from '@oz-agent/core'
import { shellWords } from './shell-words.ts'

/** How the step's own command is started. */
export interface StepCommand {
  /** As it stands in the pipeline. */
  readonly text: string
  readonly file: string
  readonly args: readonly string[]
  /** The file of the checkout that the command is, which may not be executable yet. */
  readonly script: string | undefined
}

/** Whether this agent runs commands, rather than only files of the checkout as they are (`no-command-eval`). */
export function mayEvaluate(env: Environment): boolean {
  return env.BUILDKITE_COMMAND_EVAL !== 'false'
}

const DEFAULT_SHELL = '/bin/bash -e -c'

/** Whether the step has a command of its own. */
export function hasCommand(env: Environment): boolean {
  return (env.BUILDKITE_COMMAND ?? '').trim() !== ''
}

/**
 * The step's command as the agent itself would start it: a file of the checkout is run (and made executable),
 * anything else goes through the agent's shell, unless this agent only runs files.
 * @param folder where the hook was started: the checkout, or where an earlier hook went from there.
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
  const isFile = (await files.info(path))?.kind === 'file'
  const within = relative(folder, path)
  const isOutside = within.startsWith('..') || isAbsolute(within)
  if (!mayEvaluate(env) && (!isFile || isOutside)) {
    throw new RunnerError('not-permitted', 'this Buildkite agent only runs files of the checkout', {
      remedy: 'Let the step run a script of the repository, or use an agent without `no-command-eval`.',
    })
  }
  const last = isFile ? `./${within}` : text
  // One pipe for both outputs keeps their lines in order.
  const args = ['-c', 'exec "$@" 2>&1', 'sh', ...shell, last]
  return { text, file: '/bin/sh', args, script: isFile ? path : undefined }
}
