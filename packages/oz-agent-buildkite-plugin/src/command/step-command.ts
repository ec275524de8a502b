import { isAbsolute, join, relative } from 'node:path'
import { type Environment, type Files, RunnerError } from '@oz-agent/core'
import { shellWords } from './shell-words.ts'

/** How the step's own command is started. */
export interface StepCommand {
  /** As it stands in the pipeline. */
  readonly text: string
  readonly file: string
  readonly args: readonly string[]
}

const DEFAULT_SHELL = '/bin/bash -e -c'

/** Whether the step has a command of its own. */
export function hasCommand(env: Environment): boolean {
  return (env['BUILDKITE_COMMAND'] ?? '').trim() !== ''
}

/**
 * The step's command as the agent itself would start it: a file of the checkout is run (and made executable),
 * anything else goes through the agent's shell, unless this agent only runs files.
 * https://buildkite.com/docs/agent/configuration
 */
export async function stepCommand(
  env: Environment,
  checkout: string,
  files: Pick<Files, 'info'>,
): Promise<StepCommand> {
  const text = env['BUILDKITE_COMMAND'] ?? ''
  const shell = shellWords(env['BUILDKITE_SHELL'] || DEFAULT_SHELL)
  if (shell === undefined || shell.length === 0) {
    throw new RunnerError('invalid-input', `the agent's shell cannot be read: ${env['BUILDKITE_SHELL']}`, {
      remedy: 'Correct `shell` in the configuration of the Buildkite agent.',
    })
  }
  const mayEvaluate = env['BUILDKITE_COMMAND_EVAL'] !== 'false'
  const path = join(checkout, text.replaceAll('\n', ''))
  const isFile = (await files.info(path))?.kind === 'file'
  const within = relative(checkout, path)
  const isOutside = within.startsWith('..') || isAbsolute(within)
  if (!mayEvaluate && (!isFile || isOutside)) {
    throw new RunnerError('not-permitted', 'this Buildkite agent only runs files of the checkout', {
      remedy: 'Let the step run a script of the repository, or use an agent without `no-command-eval`.',
    })
  }
  const script = isFile ? `./${within}` : text
  // One pipe for both outputs keeps their lines in order.
  return { text, file: '/bin/sh', args: ['-c', 'exec "$@" 2>&1', 'sh', ...shell, script] }
}

/** The file of the checkout that the command is, which may not be executable yet. */
export function scriptOf({ args }: StepCommand, checkout: string): string | undefined {
  const script = args.at(-1)
  return script?.startsWith('./') ? join(checkout, script) : undefined
}
