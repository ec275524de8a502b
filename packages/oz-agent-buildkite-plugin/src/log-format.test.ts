import { type LogItem, RunnerError } from '@oz-agent/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBuildkiteLogFormat, errorGroup, errorStatus } from './log-format.ts'

const formatAll = (...items: readonly LogItem[]) => {
  const format = createBuildkiteLogFormat()
  return items.map((item) => format.format(item)).join('')
}

/** How the agent finds headers: at the start of a line, colours left out. */
const isHeader = (line: string) =>
  /^(?:(?:---|\+\+\+|~~~)\s|\^\^\^\s\+\+\+)/.test(line.replace(/\x1b\[[;\d]*[mK]/g, ''))

describe('the log format', () => {
  const rows: readonly [name: string, items: readonly LogItem[], text: string][] = [
    [
      'speech stands in an open group',
      [{ kind: 'say', text: 'Hello\nthere' }],
      '+++ :robot_face: Oz\nHello\nthere\n',
    ],
    [
      'speech goes on in the same group',
      [
        { kind: 'say', text: 'a' },
        { kind: 'say', text: 'b' },
      ],
      '+++ :robot_face: Oz\na\nb\n',
    ],
    [
      'a tool call is a collapsed group, and speech after it is seen again',
      [
        { kind: 'open', title: 'Run: ls' },
        { kind: 'body', text: 'a.txt\n' },
        { kind: 'close', failed: false },
        { kind: 'say', text: 'Done' },
      ],
      '--- Run: ls\na.txt\n+++ :robot_face: Oz\nDone\n',
    ],
    [
      'a failed group is opened',
      [
        { kind: 'open', title: 'Run: x' },
        { kind: 'close', failed: true },
      ],
      '--- Run: x\n^^^ +++\n',
    ],
    ['a close without a group says nothing', [{ kind: 'close', failed: true }], ''],
    ['a title is one line', [{ kind: 'open', title: 'a\n+++ b\tc' }], '--- a +++ b c\n'],
    [
      'warnings are coloured',
      [{ kind: 'note', level: 'warning', title: 'Key', text: 'odd\nvery' }],
      '+++ :robot_face: Oz\n\x1b[33mKey: odd\x1b[0m\n\x1b[33mvery\x1b[0m\n',
    ],
    ['what belongs to nothing is seen', [{ kind: 'body', text: 'x' }], '+++ :robot_face: Oz\nx\n'],
    [
      'a link',
      [{ kind: 'link', label: "Oz's run; one", url: "https://oz.example.com/runs/1?a='b';c" }],
      "+++ :robot_face: Oz\n\x1b]1339;url='https://oz.example.com/runs/1?a=%27b%27%3Bc';content='Oz’s run, one'\x07\n",
    ],
    [
      'an address that is none to link to',
      [{ kind: 'link', label: 'Run', url: 'javascript:alert(1)' }],
      '+++ :robot_face: Oz\nRun: javascript:alert(1)\n',
    ],
  ]
  it.each(rows)('%s', (_, items, text) => {
    expect(formatAll(...items)).toBe(text)
  })

  const forged: readonly [name: string, text: string][] = [
    ['a collapsed group', '--- forged'],
    ['an open group', '+++ forged'],
    ['a dim group', '~~~ forged'],
    ['opening a group', '^^^ +++'],
    ['a second line', 'text\n+++ forged'],
    ['a line behind a carriage return', 'text\r+++ forged'],
    ['a line behind a next-line control', 'text\x85+++ forged'],
    ['colours before it', '\x1b[31m+++ forged'],
    ['an erased line before it', 'x\x1b[2K\r--- forged'],
    ['an invisible character before it', '\u200b--- forged'],
    ['a link', "\x1b]1339;url='https://example.com/';content='x'\x07"],
    ['an image', "\x1b]1338;url='https://example.com/x.png'\x1b\\"],
    ['a time stamp', '\x1b_bk;t=1700000000000\x07--- forged'],
    ['a link by a C1 code', "\x9d1339;url='https://example.com/'\x9c"],
  ]
  it.each(forged)('agent text cannot forge %s', (_, text) => {
    for (const item of [
      { kind: 'say', text },
      { kind: 'body', text },
    ] as const) {
      const [, ...lines] = formatAll(item).split('\n')
      expect(lines.filter(isHeader)).toEqual([])
      expect(lines.join('\n')).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/)
    }
  })

  it('holds for any text', () => {
    const nasty = fc.constantFrom(
      '---',
      '+++',
      '~~~',
      '^^^ +++',
      ' ',
      '\n',
      '\r',
      '\x1b',
      '\x1b[0m',
      '\x07',
      '\x9b',
      'a',
      '\u2028',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(nasty, fc.string({ unit: 'binary' })), { maxLength: 12 }), (parts) => {
        const [header, ...lines] = formatAll({ kind: 'say', text: parts.join('') }).split('\n')
        return header === '+++ :robot_face: Oz' && !lines.some(isHeader) && !/[\x1b\x07]/.test(lines.join(''))
      }),
    )
  })
})

describe('an error outside a run', () => {
  const withCode = (code: string) => Object.assign(new Error(`${code}: it failed`), { code })
  const rows: readonly [name: string, error: unknown, status: number, text: RegExp][] = [
    ['a bug', new TypeError('x is not a function'), 70, /bug of the Oz plugin.*\nTypeError: x is not/s],
    ['a full disk', withCode('ENOSPC'), 69, /no space left .*ENOSPC: it failed\nFree some space/s],
    ['a quota that is used up', withCode('EDQUOT'), 69, /no space left/],
    ['another error of the system', withCode('EIO'), 70, /bug of the Oz plugin/],
    [
      'an expected one',
      new RunnerError('not-permitted', 'it may not', { remedy: 'Ask.' }),
      77,
      /it may not\nAsk\.\n$/,
    ],
  ]
  it.each(rows)('is told and has its status: %s', (_, error, status, text) => {
    expect(errorStatus(error)).toBe(status)
    expect(errorGroup(error)).toMatch(/^\+\+\+ :x: Oz\n/)
    expect(errorGroup(error)).toMatch(text)
  })
})
