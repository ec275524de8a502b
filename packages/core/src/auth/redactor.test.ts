import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printable } from '../report/text.ts'
import { cutBytes } from '../testing/staged-run.ts'
import { withoutInvisible } from './invisible.ts'
import { createRedactor, holdsSecret, type Redactor } from './redactor.ts'
import { secretForms } from './secret-forms.ts'

const KEY = 'wk-1.0123456789abcdef-quite/secret+"key"&<x>'

function throughStream(redactor: Redactor, chunks: readonly Uint8Array[]): string {
  const stream = redactor.stream()
  const pieces = chunks.map((chunk) => {
    const piece = Uint8Array.from(stream.push(chunk))
    // A caller may use the memory again.
    chunk.fill(0x2a)
    return piece
  })
  return Buffer.concat([...pieces, stream.end()]).toString()
}

const b64 = (text: string): string => Buffer.from(text).toString('base64')

describe('redaction of one text', () => {
  const redactor = createRedactor([KEY])
  const rows: [name: string, text: string][] = [
    ['plain', KEY],
    ['base64 alone', b64(KEY)],
    ['base64 with the newline of echo', b64(`${KEY}\n`)],
    ['base64url alone', Buffer.from(KEY).toString('base64url')],
    ['hex', Buffer.from(KEY).toString('hex')],
    ['upper-case hex', Buffer.from(KEY).toString('hex').toUpperCase()],
    ['URL component', encodeURIComponent(KEY)],
    ['URL component in lower-case hex', encodeURIComponent(KEY).replace(/%../g, (hex) => hex.toLowerCase())],
    ['form field', new URLSearchParams({ key: KEY }).toString().slice('key='.length)],
    ['twice URL-encoded', encodeURIComponent(encodeURIComponent(KEY))],
    ['JSON string', JSON.stringify(KEY).slice(1, -1)],
    ['JSON within JSON', JSON.stringify(JSON.stringify(KEY)).slice(3, -3)],
    ['JSON with escaped slashes', JSON.stringify(KEY).slice(1, -1).replaceAll('/', '\\/')],
    [
      'HTML',
      KEY.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    ],
    ['shell double quotes', KEY.replaceAll('"', '\\"')],
  ]
  it.each(rows)('hides %s', (_name, text) => {
    expect(redactor.text(`before ${text} after`)).toBe('before *** after')
  })

  it.each([0, 1, 2, 3, 4, 5])('hides the key inside base64 of a longer text, %i bytes in', (offset) => {
    const plain = `${'x'.repeat(offset)}${KEY}tail`
    const redacted = redactor.text(b64(plain))
    expect(redacted).toContain('***')
    expect(redacted.length).toBeLessThan(20)
  })

  it.each([
    ['an empty secret', ''],
    ['a secret of three characters', 'abc'],
    ['a secret of blanks', '      '],
  ])('ignores %s', (_name, secret) => {
    expect(createRedactor([secret]).text('abc      abc')).toBe('abc      abc')
  })

  it('hides each line of a secret with several lines, whatever the line ends became', () => {
    const pem = createRedactor(['-----BEGIN KEY-----\nAAAABBBBCCCC\nDDDDEEEEFFFF\nxy\n-----END KEY-----\n'])
    expect(pem.text('a AAAABBBBCCCC b\r\nDDDDEEEEFFFF xy')).toBe('a *** b\r\n*** xy')
  })

  it('hides secrets that overlap as one', () => {
    expect(createRedactor(['abcdef', 'defghi']).text('1abcdefghi2')).toBe('1***2')
    expect(createRedactor(['abcd', 'abcdefgh']).text('abcdefgh abcdef')).toBe('*** ***ef')
  })

  it('leaves a text without secrets as it is, half surrogates included', () => {
    expect(redactor.text('a \ud800 b')).toBe('a \ud800 b')
  })
})

/** What stands unseen between two characters, and is gone in what somebody makes of the text later. */
const UNSEEN: { name: string; mark: string }[] = [
  { name: 'a zero-width space', mark: '\u200b' },
  { name: 'a zero-width joiner', mark: '\u200d' },
  { name: 'a soft hyphen', mark: '\u00ad' },
  { name: 'a mark of direction', mark: '\u202e' },
  { name: 'an isolate', mark: '\u2066' },
  { name: 'an Arabic letter mark', mark: '\u061c' },
  { name: 'a word joiner', mark: '\u2060' },
  { name: 'a byte order mark', mark: '\ufeff' },
  { name: 'a variation selector', mark: '\ufe0f' },
  { name: 'a variation selector of the supplement', mark: '\u{e0101}' },
  { name: 'a tag', mark: '\u{e0041}' },
  { name: 'a grapheme joiner', mark: '\u034f' },
  { name: 'a filler', mark: '\u3164' },
  { name: 'a Mongolian vowel separator', mark: '\u180e' },
  { name: 'a line separator', mark: '\u2028' },
  { name: 'NUL', mark: '\0' },
  { name: 'a backspace', mark: '\b' },
  { name: 'a form feed', mark: '\f' },
  { name: 'a colour', mark: '\x1b[31;1m' },
  { name: 'a colour by C1', mark: '\u009b0m' },
  { name: 'the title of a window', mark: '\x1b]0;title\x07' },
  { name: 'a link of a terminal', mark: '\x1b]8;;https://example.com\x1b\\' },
  { name: 'a title that never ends', mark: '\x1b]' },
  { name: 'an escape character', mark: '\x1b' },
  { name: 'several of them', mark: '\u200b\x1b[0m\u00ad\u{e0020}' },
]

describe('a secret with something unseen inside', () => {
  const SECRET = 'wk-0123456789abcdef'
  const redactor = createRedactor([SECRET])

  it.each(UNSEEN)('is hidden whole: $name', ({ mark }) => {
    const middle = `${SECRET.slice(0, 9)}${mark}${SECRET.slice(9)}`
    const everywhere = [...SECRET].join(mark)
    for (const torn of [middle, everywhere, b64(SECRET).replace(/(....)/g, `$1${mark}`)]) {
      expect(redactor.text(`a${mark}b ${torn} c`)).toMatch(/^a.*b \*\*\*.* c$/su)
      expect(withoutInvisible(redactor.text(torn))).toMatch(/^\*\*\*/)
      expect(holdsSecret(redactor, torn)).toBe(true)
      for (let size = 1; size <= 7; size++) {
        const bytes = Buffer.from(`${torn} end`)
        const cuts = Array.from({ length: bytes.length }, (_, index) => index * size)
        expect(throughStream(redactor, cutBytes(bytes, cuts)), `in pieces of ${size}`).toMatch(
          /^\*\*\*.* end$/su,
        )
      }
    }
  })

  it('is found where the secret itself was given with a mark', () => {
    expect(createRedactor(['secret\u200bvalue']).text('secretvalue secret\u200bvalue')).toBe('*** ***')
  })

  it.each([
    ['an emoji of several', '👩\u200d👩\u200d👧 ❤️'],
    ['a flag of tags', '🏴\u{e0067}\u{e0062}\u{e007f}'],
    ['a joiner that a language needs', 'می\u200cخواهم'],
    ['colours', '\x1b[32mgreen\x1b[0m'],
    ['half a secret', 'wk-0123\u200b'],
  ])('leaves alone: %s', (_name, text) => {
    expect(redactor.text(text)).toBe(text)
    expect(throughStream(redactor, cutBytes(Buffer.from(text), [1, 2, 3, 5, 8]))).toBe(text)
  })

  it('is held back within a bound, however much stands between', () => {
    const stream = redactor.stream()
    stream.push(Buffer.from('wk-01234'))
    let written = 0
    for (let round = 0; round < 100; round++)
      written += stream.push(Buffer.from('\u200b'.repeat(1000))).length
    expect(written).toBeGreaterThan(200_000)
  })

  it.each([
    ['titles that never end', '\x1b]'],
    ['C1 strings that never end', '\u009d'],
    ['sequences that never end', '\x1b[1'],
    ['fillers', '\u200b'],
  ])('is sought in little time among many %s', (_name, mark) => {
    const text = mark.repeat(200_000)
    const before = performance.now()
    redactor.text(text)
    expect(performance.now() - before).toBeLessThan(3000)
  })
})

describe('redaction of a stream', () => {
  it('lets text without secrets flow at once', () => {
    const stream = createRedactor([KEY]).stream()
    expect(Buffer.from(stream.push(Buffer.from('hello world\n'))).toString()).toBe('hello world\n')
    expect(Buffer.from(stream.push(Buffer.from('the wk'))).toString()).toBe('the ')
    expect(Buffer.from(stream.push(Buffer.from('!'))).toString()).toBe('wk!')
    expect(stream.end().length).toBe(0)
  })

  it('holds back only as much as one form is long, however long an overlapping row of them grows', () => {
    const stream = createRedactor(['aaaa']).stream()
    let written = 0
    for (let round = 0; round < 1000; round++) written += stream.push(Buffer.from('aaaaaaa')).length
    expect(written + stream.end().length).toBe(3)
  })

  const marks = UNSEEN.map(({ mark }) => mark)
  // Where a sequence begins and ends is open to reading: only that nothing is left can be said of those.
  const unseen = fc.constantFrom(...marks.filter((mark) => !/[\x1b\x9b]/.test(mark)))
  const secret = fc.oneof(
    fc.string({ minLength: 4, maxLength: 24, unit: fc.constantFrom(...'abAB/+ "\\<&é\n%') }),
    fc.string({ minLength: 4, maxLength: 40 }),
    fc.stringMatching(/^wk-[a-z0-9]{8,40}$/),
  )
  const scene = fc.array(secret, { minLength: 1, maxLength: 3 }).chain((secrets) =>
    fc.record({
      secrets: fc.constant(secrets),
      parts: fc.array(
        fc.oneof(
          fc.string({ maxLength: 12 }),
          fc.string({ maxLength: 8, unit: fc.constantFrom(...'abAB/+ "\\<&é\n%') }),
          fc.constantFrom(...[...secrets.flatMap(secretForms), 'x']),
          fc.tuple(fc.constantFrom(...secrets), unseen).map(([whole, mark]) => [...whole].join(mark)),
          unseen,
        ),
        { maxLength: 12 },
      ),
      cuts: fc.array(fc.nat(400), { maxLength: 20 }),
    }),
  )

  it('gives the same for any way of cutting', () => {
    fc.assert(
      fc.property(scene, ({ secrets, parts, cuts }) => {
        const redactor = createRedactor(secrets)
        const bytes = Buffer.from(parts.join('').toWellFormed())
        const whole = redactor.text(bytes.toString())
        expect(throughStream(redactor, cutBytes(bytes, cuts))).toBe(whole)
      }),
      { numRuns: 500 },
    )
  })

  it('leaves no secret to those who remove what is not seen, for any way of cutting', () => {
    const key = fc.stringMatching(/^wk-[a-z0-9]{8,40}$/)
    const noise = fc.oneof(fc.constantFrom(...marks), fc.string({ maxLength: 5 }))
    const torn = fc.record({
      secret: key,
      between: fc.array(fc.constantFrom('', '', ...marks), { minLength: 43, maxLength: 43 }),
      around: fc.tuple(noise, noise),
      cuts: fc.array(fc.nat(200), { maxLength: 20 }),
    })
    fc.assert(
      fc.property(torn, ({ secret, between, around: [before, after], cuts }) => {
        const whole = [...secret].map((character, index) => `${character}${between[index] ?? ''}`).join('')
        const bytes = Buffer.from(`${before} ${whole} ${after}`)
        const redactor = createRedactor([secret])
        for (const text of [
          throughStream(redactor, cutBytes(bytes, cuts)),
          redactor.text(bytes.toString()),
        ]) {
          for (const shown of [printable(text), withoutInvisible(text)]) expect(shown).not.toContain(secret)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('lets no form of a secret survive', () => {
    fc.assert(
      fc.property(scene, ({ secrets, parts }) => {
        const redacted = createRedactor(secrets).text(parts.join('\u0001'))
        for (const form of secrets.flatMap(secretForms)) {
          // The stars themselves may meet their neighbours to spell a secret that holds stars.
          if (!form.includes('*')) expect(redacted).not.toContain(form)
        }
      }),
      { numRuns: 500 },
    )
  })
})
