/**
 * What stands in a text and is not seen: whoever shows the text may leave it out, and a secret that it had torn apart is
 * then whole. All as bytes of UTF-8 written as Latin-1, so that streams can be searched as they come.
 */

// Controls but tab and line ends; soft hyphen, joiners, direction marks, fillers, variation selectors, byte order marks,
// tags (https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point), and line separators.
const CHARACTER = [
  '[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]',
  '\\xc2[\\x80-\\x9f\\xad]',
  '\\xcd\\x8f',
  '\\xd8\\x9c',
  '\\xe1(?:\\x85[\\x9f\\xa0]|\\x9e[\\xb4\\xb5]|\\xa0[\\x8b-\\x8f])',
  '\\xe2(?:\\x80[\\x8b-\\x8f\\xa8-\\xae]|\\x81[\\xa0-\\xaf])',
  '\\xe3\\x85\\xa4',
  '\\xef(?:\\xb8[\\x80-\\x8f]|\\xbb\\xbf|\\xbe\\xa0|\\xbf[\\xb0-\\xbb])',
  '\\xf0(?:\\x9b\\xb2[\\xa0-\\xa3]|\\x9d\\x85[\\xb3-\\xba])',
  '\\xf3\\xa0[\\x80-\\xbf][\\x80-\\xbf]',
].join('|')

// https://ecma-international.org/publications-and-standards/standards/ecma-48/ ; as `printable` removes them.
// C1's are bounded, as every one of many that never end would be read to the end of the text.
const STRING = [
  '\\x1b[\\]PX^_][^\\x07\\x1b\\r\\n]*?(?:\\x07|\\x1b\\\\|\\xc2\\x9c)',
  '\\xc2[\\x90\\x98\\x9d-\\x9f][^\\x07\\x1b\\r\\n]{0,256}?(?:\\x07|\\x1b\\\\|\\xc2\\x9c)',
].join('|')
const SEQUENCE = '(?:\\x1b\\[|\\xc2\\x9b)[0-?]*[ -/]*[@-~]|\\x1b[ -/]*[0-~]?'

// What may become one of them when more bytes come, at the end of a piece.
const BEGUN_STRING = [
  '\\x1b[\\]PX^_][^\\x07\\x1b\\r\\n]*\\x1b?$',
  '\\xc2[\\x90\\x98\\x9d-\\x9f][^\\x07\\x1b\\r\\n]{0,256}\\x1b?$',
].join('|')
const BEGUN_SEQUENCE = '(?:\\x1b\\[|\\xc2\\x9b)[0-?]*[ -/]*$'
const BEGUN_CHARACTER = [
  '[\\xc2\\xcd\\xd8\\xe1\\xe2\\xe3\\xef\\xf0\\xf3]$',
  '(?:\\xe1[\\x85\\x9e\\xa0]|\\xe2[\\x80\\x81]|\\xe3\\x85|\\xef[\\xb8\\xbb\\xbe\\xbf]|\\xf0[\\x9b\\x9d]|\\xf3\\xa0)$',
  '(?:\\xf0\\x9b\\xb2|\\xf0\\x9d\\x85|\\xf3\\xa0[\\x80-\\xbf])$',
].join('|')

const anyOf = (...patterns: string[]): RegExp => new RegExp(patterns.join('|'), 'g')

/** Readings of who knows all escape sequences, who takes a string for text, and who drops the escape character alone. */
const OF_WHOLE = [anyOf(STRING, SEQUENCE, CHARACTER), anyOf(SEQUENCE, CHARACTER), anyOf(CHARACTER)]
const OF_PIECE = [
  anyOf(BEGUN_STRING, BEGUN_SEQUENCE, BEGUN_CHARACTER, STRING, SEQUENCE, CHARACTER),
  anyOf(BEGUN_SEQUENCE, BEGUN_CHARACTER, SEQUENCE, CHARACTER),
  anyOf(BEGUN_CHARACTER, CHARACTER),
]

/** The first byte of each: most texts have none, and are told at once. */
const MAY_BEGIN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xc2\xcd\xd8\xe1-\xe3\xef\xf0\xf3]/

const IN_TEXT = new RegExp(
  [
    '[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f]',
    '[\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb]',
    '\\ud82f[\\udca0-\\udca3]|\\ud834[\\udd73-\\udd7a]|\\udb40',
  ].join('|'),
)

/** Whether a text holds anything invisible. */
export function hasInvisible(text: string): boolean {
  return IN_TEXT.test(text)
}

/** A text without what is invisible in it. */
export function withoutInvisible(text: string): string {
  const [reading] = readingsOf(Buffer.from(text))
  return reading === undefined ? text : Buffer.from(reading.bytes).toString()
}

/** A text as it is read by someone who leaves out what is invisible. */
export interface Reading {
  readonly bytes: Uint8Array
  /** The place in the original of a byte of `bytes`. */
  place(index: number): number
}

/**
 * The readings of a text that differ from the text itself: none, or up to three.
 * @param isPiece whether more may follow: what has only begun at the end then counts as invisible.
 */
export function readingsOf(bytes: Uint8Array, isPiece = false): Reading[] {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  if (!MAY_BEGIN.test(latin)) return []
  const patterns = isPiece ? OF_PIECE : OF_WHOLE
  const hasSequences = latin.includes('\x1b') || latin.includes('\xc2')
  return patterns.slice(hasSequences ? 0 : -1).flatMap((pattern) => readingOf(bytes, latin, pattern) ?? [])
}

function readingOf(bytes: Uint8Array, latin: string, pattern: RegExp): Reading | undefined {
  /** For each stretch that is seen: where it begins in the reading, and in the original. */
  const starts: number[] = []
  const places: number[] = []
  const seen: Uint8Array[] = []
  let length = 0
  let done = 0
  const take = (end: number): void => {
    if (end === done) return
    starts.push(length)
    places.push(done)
    seen.push(bytes.subarray(done, end))
    length += end - done
  }
  for (const { index, 0: found } of latin.matchAll(pattern)) {
    take(index)
    done = index + found.length
  }
  if (done === 0) return undefined
  take(bytes.length)
  const place = (index: number): number => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] as number) <= index) low = middle
      else high = middle - 1
    }
    return (places[low] ?? 0) + index - (starts[low] ?? 0)
  }
  return { bytes: Buffer.concat(seen), place }
}
