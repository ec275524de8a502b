import { expect, it } from 'vitest'
import { shellWords } from './shell-words.ts'

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
