import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutBytes } from '../testing/staged-run.ts'
import { LineSplitter } from './lines.ts'

function split(chunks: readonly Uint8Array[], maxBytes?: number): { text: string; cut: boolean }[] {
  const lines: { text: string; cut: boolean }[] = []
  const splitter = new LineSplitter((bytes, start, end, cut) => {
    lines.push({ text: bytes.toString('latin1', start, end), cut })
  }, maxBytes)
  for (const chunk of chunks) {
    splitter.push(chunk)
    // A caller may use the memory again.
    chunk.fill(0x2a)
  }
  splitter.end()
  return lines
}

const texts = (text: string): string[] => split([Buffer.from(text)]).map((line) => line.text)

describe('LineSplitter', () => {
  it.each([
    ['\\n', 'a\nb\n', ['a', 'b']],
    ['\\r\\n', 'a\r\nb\r\n', ['a', 'b']],
    ['a lone \\r', '10%\r20%\rdone\n', ['10%', '20%', 'done']],
    ['a missing last end', 'a\nb', ['a', 'b']],
    ['empty lines, left out', '\n\na\n\r\n\rb\n\n', ['a', 'b']],
    ['nothing', '', []],
    ['NUL and spaces, kept', ' a\0 \n', [' a\0 ']],
  ])('splits at %s', (_name, text, lines) => {
    expect(texts(text)).toEqual(lines)
  })

  it('hands an overlong line on in pieces that end between characters', () => {
    const lines = split([Buffer.from('aé🎉é🎉bc\nd\n')], 6)
    expect(lines.map((line) => Buffer.from(line.text, 'latin1').toString())).toEqual([
      'aé',
      '🎉é',
      '🎉bc',
      'd',
    ])
    expect(lines.map((line) => line.cut)).toEqual([true, true, true, false])
  })

  it('takes a line of exactly the maximum whole', () => {
    expect(split([Buffer.from('abcdef\nabcdef')], 6).map((line) => line.cut)).toEqual([false, false])
  })

  it('gives the same lines for any way of cutting any bytes, and loses none', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      fc
        .string({ maxLength: 40, unit: fc.constantFrom('a', '\n', '\r', 'é', '🎉', '\0') })
        .map((text) => Buffer.from(text)),
    )
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(80)), fc.integer({ min: 4, max: 20 }), (whole, places, maxBytes) => {
        const expected = split([Uint8Array.from(whole)], maxBytes)
        expect(split(cutBytes(whole, places), maxBytes)).toEqual(expected)
        expect(expected.map((line) => line.text).join('')).toBe(
          Buffer.from(whole)
            .toString('latin1')
            .replace(/[\r\n]/g, ''),
        )
      }),
      { numRuns: 1000 },
    )
  })
})
