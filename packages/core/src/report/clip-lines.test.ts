import { describe, expect, it } from 'vitest'
import { clipLines } from './text.ts'

const numbered = (count: number): string =>
  Array.from({ length: count }, (_, index) => `line ${index + 1}`).join('\n')

describe('clipLines', () => {
  it('leaves a short text whole, but for empty lines at its end', () => {
    expect(clipLines('a\n\nb\n\n')).toBe('a\n\nb')
    expect(clipLines(numbered(200))).toBe(numbered(200))
  })

  it('keeps the first and last lines and counts those between', () => {
    const lines = clipLines(numbered(1000)).split('\n')
    expect(lines.length).toBe(201)
    expect(lines.slice(99, 102)).toEqual(['line 100', '[800 more lines in the transcript]', 'line 901'])
    expect(lines.at(-1)).toBe('line 1000')
  })

  it('counts the same in a text too long to look at whole', () => {
    const lines = clipLines(numbered(500_000)).split('\n')
    expect(lines[100]).toBe('[499800 more lines in the transcript]')
    expect([lines[0], lines.at(-1)]).toEqual(['line 1', 'line 500000'])
  })

  it('cuts a line that is too long, also one of many megabytes', () => {
    expect(clipLines('x'.repeat(1500))).toBe(`${'x'.repeat(1000)} [500 more characters]`)
    expect(clipLines('x'.repeat(10_000_000)).length).toBeLessThan(3000)
  })
})
