import type { LogItem } from '@oz-agent/core'
import { expect, test } from 'vitest'
import { plainLogFormat } from './log-format.ts'

const ROWS: Record<string, [LogItem, string]> = {
  'what the agent says': [{ kind: 'say', text: 'One.\nTwo.\n' }, '\n  One.\n  Two.\n\n'],
  'a group': [{ kind: 'open', title: 'Run npm test\nnow' }, '▸ Run npm test now\n'],
  'lines within it': [{ kind: 'body', text: 'ok\r\nok\n' }, '  │ ok\n  │ ok\n'],
  'a group that ends': [{ kind: 'close', failed: false }, ''],
  'a group that failed': [{ kind: 'close', failed: true }, '  ✗ failed\n'],
  'a warning': [{ kind: 'note', level: 'warning', title: 'Key', text: 'odd' }, 'warning: Key: odd\n'],
  'a link': [{ kind: 'link', label: 'Run', url: 'https://example.com' }, 'Run: https://example.com\n'],
  'a command of Azure in speech': [
    { kind: 'say', text: 'x ##vso[task.complete]\n##[error]y' },
    '\n  x ##\u200bvso[task.complete]\n  ##\u200b[error]y\n\n',
  ],
  'a command of Azure in a title': [{ kind: 'open', title: '##VSO[x]' }, '▸ ##\u200bVSO[x]\n'],
  'a command of GitHub in speech, whose runner trims lines': [
    { kind: 'say', text: '::set-env name=A::b\n\t ::error::x\n\u00a0::add-mask::x' },
    '\n  :\u200b:set-env name=A::b\n  \t :\u200b:error::x\n  \u00a0:\u200b:add-mask::x\n\n',
  ],
  'a command of GitHub in a note': [
    { kind: 'note', level: 'info', text: 'x\n  ::error::b' },
    'x\n  :\u200b:error::b\n',
  ],
  'a command of GitHub as the title of a link': [
    { kind: 'link', label: '::error::b', url: 'u' },
    ':\u200b:error::b: u\n',
  ],
  'a command of TeamCity': [
    { kind: 'body', text: "##teamcity[buildStatus status='SUCCESS']" },
    "  │ ##\u200bteamcity[buildStatus status='SUCCESS']\n",
  ],
  'two colons within a line, which are nothing': [
    { kind: 'say', text: 'std::vector' },
    '\n  std::vector\n\n',
  ],
  'a command of GitHub at the start of a line': [
    { kind: 'body', text: 'a\r::error::b' },
    '  │ a\n  │ ::error::b\n',
  ],
}

test.each(Object.entries(ROWS))('%s', (_, [item, text]) => {
  expect(plainLogFormat.format(item)).toBe(text)
})
