import type { LogItem } from '@oz-agent/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createGitLabLogFormat } from './log-format.ts'

const MARKER = /section_(start|end):\d+:[\w.-]+(\[[^\]]*\])?\r\u001b\[0K/g

function formatAll(items: readonly LogItem[]): string {
  let count = 0
  const format = createGitLabLogFormat({ now: () => 100, newName: () => `random${++count}` })
  return items.map((item) => format.format(item)).join('')
}

const START = '\u001b[0Ksection_start:100:oz_random1[collapsed=true]\r\u001b[0K'
const END = '\u001b[0Ksection_end:100:oz_random1\r\u001b[0K\n'

test.for<[string, LogItem[], string]>([
  ['speech is plain', [{ kind: 'say', text: 'Hello\nyou' }], 'Hello\nyou\n'],
  [
    'a group is a collapsed section',
    [
      { kind: 'open', title: 'Run\nls' },
      { kind: 'body', text: 'a' },
      { kind: 'close', failed: false },
    ],
    `${START}\u001b[36mRun ls\u001b[0;m\na\n${END}`,
  ],
  [
    'a failed group says so outside, where it is seen',
    [
      { kind: 'open', title: 'Run' },
      { kind: 'close', failed: true },
    ],
    `${START}\u001b[36mRun\u001b[0;m\n${END}\u001b[31;1m✗ failed\u001b[0;m\n`,
  ],
  [
    'speech ends an open group',
    [
      { kind: 'open', title: 'Run' },
      { kind: 'say', text: 'Done' },
    ],
    `${START}\u001b[36mRun\u001b[0;m\n${END}Done\n`,
  ],
  [
    'a warning is marked and named',
    [{ kind: 'note', level: 'warning', title: 'Key', text: 'odd\nmore' }],
    '\u001b[33;1mWARNING: Key: odd\u001b[0;m\nmore\n',
  ],
  [
    'a link is a line',
    [{ kind: 'link', label: 'Run', url: 'https://example.com/1' }],
    'Run: https://example.com/1\n',
  ],
  [
    'a forged marker loses what makes it one',
    [{ kind: 'body', text: '\u001b[0Ksection_end:1:oz_random1\r\u001b[0Kx\u009b31mred' }],
    'section_\u200bend:1:oz_random1\nxred\n',
  ],
])('%s', ([, items, expected]) => {
  expect(formatAll(items)).toBe(expected)
})

test('whatever the agent says, markers are only ours, and every section that opens is closed', () => {
  const hostile = fc.string({
    unit: fc.constantFrom(
      '\u001b',
      '[0K',
      'section_start:1:a',
      'section_end:1:a',
      '\r',
      '\n',
      '\u009b',
      'x',
      '[collapsed=true]',
    ),
    maxLength: 30,
  })
  const item: fc.Arbitrary<LogItem> = fc.oneof(
    hostile.map((text): LogItem => ({ kind: 'say', text })),
    hostile.map((title): LogItem => ({ kind: 'open', title })),
    hostile.map((text): LogItem => ({ kind: 'body', text })),
    fc.boolean().map((failed): LogItem => ({ kind: 'close', failed })),
    hostile.map((text): LogItem => ({ kind: 'note', level: 'error', text })),
    hostile.map((url): LogItem => ({ kind: 'link', label: 'x', url })),
  )
  fc.assert(
    fc.property(fc.array(item), (items) => {
      const text = formatAll([...items, { kind: 'close', failed: false }])
      const markers = [...text.matchAll(MARKER)].map((match) => match[0])
      expect(markers.every((marker) => marker.includes(':oz_random'))).toBe(true)
      const kinds = markers.map((marker) => marker.split(':')[0])
      expect(kinds).toEqual(kinds.map((_, index) => (index % 2 === 0 ? 'section_start' : 'section_end')))
    }),
  )
})
