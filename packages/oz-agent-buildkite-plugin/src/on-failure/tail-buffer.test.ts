import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTailBuffer } from './tail-buffer.ts'

const lastOf = (text: string, maxLines: number, maxBytes: number, pieces = 1) => {
  const part = createTailBuffer(maxLines, maxBytes)
  const bytes = Buffer.from(text)
  const size = Math.max(1, Math.ceil(bytes.length / pieces))
  for (let start = 0; start < bytes.length; start += size) part.push(bytes.subarray(start, start + size))
  return part.read()
}

describe('createTailBuffer', () => {
  it.each([
    ['all of a short output', 'a\nb\n', 10, 100, { text: 'a\nb', cut: false }],
    ['nothing', '', 10, 100, { text: '', cut: false }],
    ['the last lines', 'a\nb\nc\n', 2, 100, { text: 'b\nc', cut: true }],
    ['a last line without an end', 'a\nb\nc', 2, 100, { text: 'b\nc', cut: true }],
    ['whole lines within the bytes', 'first\nsecond\nthird\n', 10, 8, { text: 'third', cut: true }],
    ['the line that just fits', 'ab\ncd\n', 10, 3, { text: 'cd', cut: true }],
    ['the end of a line that is too long', 'x'.repeat(50), 10, 8, { text: 'x'.repeat(8), cut: true }],
    ['whole characters', 'é'.repeat(10), 10, 5, { text: 'éé', cut: true }],
  ])('keeps %s', (_, text, maxLines, maxBytes, expected) => {
    expect(lastOf(text, maxLines, maxBytes)).toEqual(expected)
  })

  it('does not depend on how the output was read', () => {
    const any = fc
      .array(fc.constantFrom('a', 'é', '\n', '😀'), { maxLength: 60 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(
        any,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 20 }),
        (text, bytes, pieces) => {
          expect(lastOf(text, 5, bytes, pieces)).toEqual(lastOf(text, 5, bytes))
          expect(Buffer.byteLength(lastOf(text, 5, bytes).text)).toBeLessThanOrEqual(bytes)
        },
      ),
    )
  })
})
