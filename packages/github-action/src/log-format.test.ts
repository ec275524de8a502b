import type { LogItem } from '@oz-agent/core'
import { describe, expect, test } from 'vitest'
import { createGitHubLogFormat } from './log-format.ts'

const formatAll = (...items: LogItem[]) => {
  let count = 0
  const log = createGitHubLogFormat(() => `token-${++count}`)
  return items.map((item) => log.format(item)).join('')
}

const say = (text: string): LogItem => ({ kind: 'say', text })
const body = (text: string): LogItem => ({ kind: 'body', text })
const open = (title: string): LogItem => ({ kind: 'open', title })
const close = (failed = false): LogItem => ({ kind: 'close', failed })
const note = (level: 'info' | 'notice' | 'warning' | 'error', text: string, title?: string): LogItem => ({
  kind: 'note',
  level,
  text,
  ...(title === undefined ? {} : { title }),
})

type Row = [name: string, items: LogItem[], log: string]

const rows: Row[] = [
  ['speech is guarded by a token', [say('hello')], '::stop-commands::token-1\nhello\n'],
  [
    'speech after speech needs no second token',
    [say('one'), say('two')],
    '::stop-commands::token-1\none\ntwo\n',
  ],
  [
    'a group of ours stands outside of the guard, its body inside',
    [open('Run: ls'), body('a\nb'), close()],
    '::group::Run: ls\n::stop-commands::token-1\na\nb\n::token-1::\n::endgroup::\n',
  ],
  [
    'every guard has a token of its own',
    [say('a'), open('b'), body('c'), close(), say('d')],
    '::stop-commands::token-1\na\n::token-1::\n::group::b\n::stop-commands::token-2\nc\n::token-2::\n::endgroup::\n::stop-commands::token-3\nd\n',
  ],
  [
    'an open group ends before the next one',
    [open('a'), open('b')],
    '::group::a\n::endgroup::\n::group::b\n',
  ],
  [
    'a failed group is told outside of it, where it can be seen',
    [open('a'), close(true)],
    '::group::a\n::endgroup::\n::stop-commands::token-1\n✗ failed\n',
  ],
  ['an end without a group paints nothing', [close()], ''],
  [
    'an error is an annotation with its title',
    [note('error', 'two\nlines', 'Oz: a, b')],
    '::error title=Oz%3A a%2C b::two%0Alines\n',
  ],
  [
    'a warning after speech is obeyed',
    [say('x'), note('warning', 'w')],
    '::stop-commands::token-1\nx\n::token-1::\n::warning::w\n',
  ],
  ['information is plain text', [note('info', 'found it')], 'found it\n'],
  ['information that looks like a command is none', [note('info', '::error::x')], ':\u200b:error::x\n'],
  [
    'a link is a notice, which the page of the run shows',
    [{ kind: 'link', label: 'Oz run', url: 'https://example.com/a,b' }],
    '::notice title=Oz run::https://example.com/a,b\n',
  ],
  ['a title of several lines stays one command', [open('a\n::error::b')], '::group::a ::error::b\n'],
  ['older commands lose their mark', [say('a ##[error]b')], '::stop-commands::token-1\na ##\u200b[error]b\n'],
  [
    'text after a lone carriage return begins a line of its own',
    [say('a\r::error::b')],
    '::stop-commands::token-1\na\n:\u200b:error::b\n',
  ],
]

describe('the log on GitHub', () => {
  test.each(rows)('%s', (_name, items, log) => {
    expect(formatAll(...items)).toBe(log)
  })

  test('a token cannot be guessed', () => {
    const tokens = [1, 2].map(() => createGitHubLogFormat().format(say('x')).split('\n')[0])
    expect(tokens[0]).not.toBe(tokens[1])
    expect(tokens[0]?.length).toBeGreaterThan('::stop-commands::'.length + 20)
  })
})
