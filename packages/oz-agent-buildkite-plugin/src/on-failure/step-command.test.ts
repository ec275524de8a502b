import { createNodePorts, RunnerError } from '@oz-agent/core'
import { describe, expect, it } from 'vitest'
import { hasCommand, shellWords, stepCommand } from './step-command.ts'

const files = {
  info: async (path: string) =>
    ['/checkout/test.sh', '/elsewhere/x.sh'].includes(path)
      ? { kind: 'file' as const, size: 1, mode: 0o644, modified: 0 }
      : undefined,
}
const commandOf = (env: Record<string, string>) => stepCommand(env, '/checkout', files)
const MERGE = ['-c', 'exec "$@" 2>&1', 'sh']

describe("the step's command", () => {
  it.each([
    ['a command line', { BUILDKITE_COMMAND: 'make test' }, ['/bin/bash', '-e', '-c', 'make test']],
    ['several lines', { BUILDKITE_COMMAND: 'a\nb' }, ['/bin/bash', '-e', '-c', 'a\nb']],
    [
      "the agent's shell",
      { BUILDKITE_COMMAND: 'x', BUILDKITE_SHELL: '/bin/zsh -c' },
      ['/bin/zsh', '-c', 'x'],
    ],
    ['a file of the checkout', { BUILDKITE_COMMAND: 'test.sh' }, ['/bin/bash', '-e', '-c', './test.sh']],
    [
      'a file where only files may run',
      { BUILDKITE_COMMAND: './test.sh', BUILDKITE_COMMAND_EVAL: 'false' },
      ['/bin/bash', '-e', '-c', './test.sh'],
    ],
  ])('%s', async (_, env, args) => {
    expect(await commandOf(env)).toMatchObject({ file: '/bin/sh', args: [...MERGE, ...args] })
  })

  it.each([
    ['a command line', 'make test'],
    ['a file elsewhere', '../elsewhere/x.sh'],
  ])('does not run %s where only files of the checkout may run', async (_, command) => {
    const refused = commandOf({ BUILDKITE_COMMAND: command, BUILDKITE_COMMAND_EVAL: 'false' })
    await expect(refused).rejects.toMatchObject({ code: 'not-permitted' })
    await expect(refused).rejects.toBeInstanceOf(RunnerError)
  })

  it.each([
    ['a command line of 256 characters without a slash', `echo ${'x'.repeat(251)}`],
    ['a command line of 5,000 characters with slashes', `echo ${'/x'.repeat(2_500)}`],
  ])('%s is no file', async (_, text) => {
    const { args, script } = await stepCommand({ BUILDKITE_COMMAND: text }, '/', createNodePorts().files)
    expect([args.at(-1), script]).toEqual([text, undefined])
  })

  it('refuses a shell that cannot be read', async () => {
    await expect(commandOf({ BUILDKITE_COMMAND: 'x', BUILDKITE_SHELL: "bash '" })).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })

  it('names the file to make executable', async () => {
    expect((await commandOf({ BUILDKITE_COMMAND: 'test.sh' })).script).toBe('/checkout/test.sh')
    expect((await commandOf({ BUILDKITE_COMMAND: './test.sh --all' })).script).toBeUndefined()
  })

  it.each([
    ['x', true],
    [' \n', false],
    [undefined, false],
  ])('%j is a command: %s', (command, expected) => {
    expect(hasCommand({ BUILDKITE_COMMAND: command })).toBe(expected)
  })
})

it.each([
  ['the default', '/bin/bash -e -c', ['/bin/bash', '-e', '-c']],
  ['more spaces', '  /bin/sh\t-c ', ['/bin/sh', '-c']],
  ['double quotes', '"/opt/my tools/bash" -c', ['/opt/my tools/bash', '-c']],
  ['single quotes keep backslashes', "'a\\b' c", ['a\\b', 'c']],
  ['a backslash keeps a space', 'a\\ b c', ['a b', 'c']],
  ['an escaped quote in quotes', '"a\\"b"', ['a"b']],
  ['a backslash in quotes before nothing special', '"a\\b"', ['a\\b']],
  ['quotes within a word', "a'b c'd", ['ab cd']],
  ['an empty word', "a ''", ['a', '']],
  ['nothing is replaced', '$HOME `x`', ['$HOME', '`x`']],
  ['nothing', '', []],
  ['a quote that is not closed', "bash 'x", undefined],
])('%s', (_, line, words) => {
  expect(shellWords(line)).toEqual(words)
})
