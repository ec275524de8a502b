// The longest run of characters that one visible character may be made of; longer ones are cut within.
const MAX_GRAPHEME = 64

/**
 * A text of at most `maxBytes` of UTF-8: itself, or as much of it as fits before the notice. Cut between visible
 * characters (never within a code point). A notice that is itself too long is cut too.
 */
export function truncateUtf8(text: string, maxBytes: number, notice = ''): string {
  if (text.length * 3 <= maxBytes || Buffer.byteLength(text) <= maxBytes) return text
  const room = maxBytes - Buffer.byteLength(notice)
  if (room < 0) return headOf(notice, maxBytes)
  return `${headOf(text, room)}${notice}`
}

function headOf(text: string, maxBytes: number): string {
  if (maxBytes <= 0) return ''
  // Takes whole code points only.
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(Math.min(maxBytes, text.length * 3)))
  if (read >= text.length) return text
  return text.slice(0, graphemeBorder(text, read))
}

function graphemeBorder(text: string, end: number): number {
  const from = Math.max(0, end - MAX_GRAPHEME)
  const around = text.slice(from, end + 1 + (/[\ud800-\udbff]/.test(text[end] ?? '') ? 1 : 0))
  const last = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(around)].at(-1)
  if (last === undefined) return end
  const start = from + last.index
  return start === from ? end : Math.min(start, end)
}
