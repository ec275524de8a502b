import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { truncateUtf8 } from './text.ts'

describe('truncateUtf8', () => {
  it.each([
    ['a text that fits', 'héllo', 6, '…', 'héllo'],
    ['a text that is one byte too long', 'hello', 4, '', 'hell'],
    ['a text and its notice', 'hello world', 8, '[cut]', 'hel[cut]'],
    ['no half character', 'aé', 2, '', 'a'],
    ['no half emoji', 'a🎉', 4, '', 'a'],
    ['no flag torn apart', 'a🇩🇪', 8, '', 'a'],
    ['no family torn apart', 'a👩‍👩‍👧b', 12, '', 'a'],
    ['no accent torn off', 'ae\u0301x', 2, '', 'a'],
    ['no line end torn apart', 'a\r\nb', 2, '', 'a'],
    ['a notice that is too long itself', 'hello', 3, '[cut]', '[cu'],
    ['no room at all', 'hello', 0, '[cut]', ''],
  ])('%s', (_name, text, maxBytes, notice, expected) => {
    expect(truncateUtf8(text, maxBytes, notice)).toBe(expected)
  })

  it('stays within the limit, keeps a prefix, and says when it cut', () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom('a', 'é', '你', '🎉', '👩‍👧', '\u0301', '\n'),
        fc.string({ unit: 'grapheme', maxLength: 1 }),
      ),
    })
    fc.assert(
      fc.property(text, fc.nat(60), fc.constantFrom('', '…', '[cut]'), (whole, maxBytes, notice) => {
        const short = truncateUtf8(whole, maxBytes, notice)
        expect(Buffer.byteLength(short)).toBeLessThanOrEqual(maxBytes)
        expect(short.isWellFormed()).toBe(true)
        if (Buffer.byteLength(whole) <= maxBytes) expect(short).toBe(whole)
        else if (Buffer.byteLength(notice) <= maxBytes) {
          expect(short.endsWith(notice)).toBe(true)
          expect(whole.startsWith(short.slice(0, short.length - notice.length))).toBe(true)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
