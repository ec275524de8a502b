import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printable, printableLine } from './text.ts'

describe('printable', () => {
  it.each([
    ['colours', '\x1b[1;31mred\x1b[0m', 'red'],
    ['an 8-bit control sequence', 'a\x9b31mb', 'ab'],
    ['cursor moves and clearing', 'a\x1b[2K\x1b[1Gb', 'ab'],
    ['a window title ended by BEL', '\x1b]0;title\x07a', 'a'],
    ['a link ended by ST', '\x1b]8;;https://example.com\x1b\\text\x1b]8;;\x1b\\', 'text'],
    ["a terminal's image command", '\x1b]1339;url=x\x07a', 'a'],
    ['a device control string', '\x1bPq#0\x1b\\a', 'a'],
    ['a string sequence without an end: its text shows', '\x1b]0;title', '0;title'],
    ['sequences within sequences', '\x1b[\x1b[0m31mx', '31mx'],
    ['a character set switch', '\x1b(Ba', 'a'],
    ['a reset', '\x1bca', 'a'],
    ['an escape at the end', 'a\x1b', 'a'],
    ['CRLF', 'a\r\nb', 'a\nb'],
    ['a lone CR', 'safe\r::error::x', 'safe\n::error::x'],
    ['line and paragraph separators', 'a\u2028b\u2029c\x85d\ve\ff', 'a\nb\nc\nd\ne\nf'],
    ['NUL, BEL and backspace', 'a\0b\x07c\bd', 'abcd'],
    ['direction marks', 'a\u202eb\u2066c\u200f', 'abc'],
    ['invisible tags and fillers', 'a\u{e0041}\u200b\ufeff\u2060b', 'ab'],
    ['tabs, kept', 'a\tb', 'a\tb'],
    ['letters of every script and emoji, kept', 'né 你好 👩‍👩‍👧 ع', 'né 你好 👩‍👩‍👧 ع'],
  ])('%s', (_name, text, clean) => {
    expect(printable(text)).toBe(clean)
  })

  it('leaves nothing to clean, and no control character', () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom(...'\x1b[]0;m\x07\\\x9b\x9c\r\n\x85'),
        fc.string({ minLength: 1, maxLength: 1 }),
      ),
    })
    fc.assert(
      fc.property(text, (any) => {
        const clean = printable(any)
        expect(clean).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/)
        expect(printable(clean)).toBe(clean)
      }),
      { numRuns: 1000 },
    )
  })

  it('takes time in proportion to the text, whatever is in it', () => {
    for (const evil of ['\x1b]', '\x1b[', '\x1bP;', '\x9b0', '\r']) {
      const text = evil.repeat(300_000)
      const began = performance.now()
      printable(text)
      expect(performance.now() - began).toBeLessThan(5000)
    }
  })

  it('puts anything on one line of a given length', () => {
    expect(printableLine(' a\n b\t\x1b[0mc ')).toBe('a b c')
    expect(printableLine('x'.repeat(300), 10)).toBe(`${'x'.repeat(9)}…`)
    expect(printableLine(`${'x'.repeat(8)}🎉🎉`, 10)).toBe(`${'x'.repeat(8)}…`)
  })
})
