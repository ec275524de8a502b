import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutBytes } from '../testing/staged-run.ts'
import { createRedactor, type Redactor } from './redactor.ts'
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
