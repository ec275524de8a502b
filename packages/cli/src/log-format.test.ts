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
  'a command of GitHub at the start of a line': [
    { kind: 'body', text: 'a\r::error::b' },
    '  │ a\n  │ ::error::b\n',
  ],
}

test.each(Object.entries(ROWS))('%s', (_, [item, text]) => {
  expect(plainLogFormat.format(item)).toBe(text)
})
