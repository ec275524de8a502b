import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { INPUTS } from './inputs.ts'
import { secretsOfMcp, splitMcp } from './mcp.ts'
import type { RawValue } from './values.ts'

const SECRET = 'tok-4f9a7c21'
const inline = (json: string) => ({ kind: 'inline', json })
const path = (text: string) => ({ kind: 'path', path: text })
const id = (text: string) => ({ kind: 'id', id: text })

describe('valid', () => {
  const object = `{"linear": {"env": {"TOKEN": "${SECRET}"}}}`
  const spread = `{\n  "linear": {\n    "env": {"TOKEN": "${SECRET}"}\n  }\n}`
  const tricky = '{"a": "} ] \\" { ["}'
  const uuid = '3f2b8c1e-0d4a-4b6f-9a57-1c2d3e4f5a6b'
  const ROWS: Record<string, [RawValue, unknown[] | undefined]> = {
    nothing: ['', undefined],
    'an empty list': [[], undefined],
    'a well-known id': ['linear', [id('linear')]],
    'a UUID': [uuid, [id(uuid)]],
    'a path': ['./mcp/servers', [path('./mcp/servers')]],
    'a file name': ['servers.json', [path('servers.json')]],
    'a path with spaces': ['my servers/mcp.json', [path('my servers/mcp.json')]],
    'a path with brackets': ['app/[env]/mcp.json', [path('app/[env]/mcp.json')]],
    'a path of Windows': ['C:\\ci\\mcp.json', [path('C:\\ci\\mcp.json')]],
    'inline JSON': [object, [inline(object)]],
    'inline JSON over lines': [spread, [inline(spread)]],
    'brackets and quotes in strings': [tricky, [inline(tricky)]],
    'several of every kind': [
      `linear\n${spread}\n./a.json\n${object}`,
      [id('linear'), inline(spread), path('./a.json'), inline(object)],
    ],
    'two objects in one line': ['{"a":1} {"b":2}', [inline('{"a":1}'), inline('{"b":2}')]],
    'two objects with a comma': ['{"a":1},\n{"b":2}', [inline('{"a":1}'), inline('{"b":2}')]],
    'lines of Windows': ['linear\r\n{"a":1}\r\nfigma\r\n', [id('linear'), inline('{"a":1}'), id('figma')]],
    'a JSON list': ['["linear", {"a": 1}]', [id('linear'), inline('{"a":1}')]],
    'a YAML list of texts': [
      ['linear', ' ./a.json '],
      [id('linear'), path('./a.json')],
    ],
    'a YAML list with objects': [
      [{ a: { url: 'https://mcp.example.com' } }, 'linear'],
      [inline('{"a":{"url":"https://mcp.example.com"}}'), id('linear')],
    ],
    'one YAML object': [{ a: { command: 'x' } }, [inline('{"a":{"command":"x"}}')]],
    'empty entries of a YAML list': [['', null, 'linear'], [id('linear')]],
  }
  test.each(Object.entries(ROWS))('%s', (_, [raw, sources]) => {
    expect(INPUTS.mcp.schema.safeParse(raw)).toEqual({ success: true, data: sources })
  })
})

describe('invalid', () => {
  const EXPECTED = 'expected a path, one JSON object, a UUID or a well-known id in each entry'
  const broken = (entry: number, line: number, column: number) =>
    `entry ${entry}: the inline JSON does not parse at line ${line}, column ${column}. ${EXPECTED}`
  const piece = (entry: number) => `entry ${entry} is a piece of JSON that belongs to no object: ${EXPECTED}`
  const ROWS: Record<string, [RawValue, string[]]> = {
    'a bare word in JSON': [`{"a": ${SECRET}}`, [broken(1, 1, 7)]],
    'broken on a later line': [`{\n  "t": "${SECRET}",\n  "b": oops\n}`, [broken(1, 3, 8)]],
    'a comma too much': [`{"t": "${SECRET}",}`, [broken(1, 1, 22)]],
    'never closed': [`{"t": "${SECRET}"`, [broken(1, 1, 21)]],
    'a string without end': [`{"t": "${SECRET}}`, [broken(1, 1, 21)]],
    'broken behind good ones': [`linear\n{"a": 1}\n{"t": "${SECRET}" 1}`, [broken(3, 1, 22)]],
    'two broken ones are reported together': [
      `{"a": x}\nlinear\n{b: "${SECRET}"}`,
      [broken(1, 1, 7), broken(3, 1, 2)],
    ],
    'a brace too much': [`{"t": "${SECRET}"}}`, [piece(2)]],
    'an object without its braces': [`"t": "${SECRET}"`, [piece(1)]],
    'quotes of a shell': [`'{"t": "${SECRET}"}'`, [piece(1)]],
    'a broken JSON list': [`[{"t": "${SECRET}"]`, [broken(1, 1, 22)]],
    'a list within a list': [[[SECRET]], ['entry 1: expected text, got a list']],
    'a JSON list within a JSON list': [`[["${SECRET}"]]`, [`entry 1 is a JSON list: ${EXPECTED}`]],
    'a truth value': ['true', [piece(1)]],
    'null in a JSON list': ['[null]', [piece(1)]],
    'a URL': [
      `https://mcp.example.com/sse?token=${SECRET}`,
      ['entry 1 is a URL: put it into a JSON object such as {"my-server": {"url": "…"}}'],
    ],
    'two ids in one line': ['linear figma', ['entry 1 holds several words: give one server a line']],
    'two ids with a comma': ['linear, figma', ['entry 1 holds several words: give one server a line']],
  }
  test.each(Object.entries(ROWS))('%s', (_, [raw, complaints]) => {
    const { success, error } = INPUTS.mcp.schema.safeParse(raw)
    expect(success).toBe(false)
    expect(error?.issues.map(({ message }) => message)).toEqual(complaints)
    expect(JSON.stringify(error)).not.toContain(SECRET)
  })
})

test('splitting what was joined gives the same entries', () => {
  const object = fc
    .dictionary(fc.string(), fc.jsonValue())
    .chain((value) => fc.constantFrom(JSON.stringify(value), JSON.stringify(value, null, 2)))
  const word = fc.stringMatching(/^[a-z./][a-z0-9./-]{0,10}$/)
  fc.assert(
    fc.property(
      fc.array(fc.oneof(object, word)),
      fc.constantFrom('\n', '\r\n', '\n\n  '),
      (entries, between) => {
        expect(splitMcp(entries.join(between))).toEqual(entries)
      },
    ),
  )
})

test('any text at all is read or refused, and nothing that looks like JSON becomes an id or a path', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const { data } = INPUTS.mcp.schema.safeParse(text)
      for (const source of data ?? []) {
        if (source.kind === 'inline') expect(() => JSON.parse(source.json)).not.toThrow()
        else expect(source.kind === 'id' ? source.id : source.path).not.toMatch(/^[{["]/)
      }
    }),
  )
})

const secretsIn = (server: unknown) => secretsOfMcp([{ kind: 'inline', json: JSON.stringify({ server }) }])

describe('the secrets of inline MCP JSON', () => {
  test.each([
    ['a variable', { env: { TRACKER_TOKEN: 'tok-12345678' } }],
    ['a header, without its scheme', { headers: { Authorization: 'Bearer tok-12345678' } }],
    ['the entry after a flag', { args: ['serve', '--api-key', 'tok-12345678', 'public-name'] }],
    ['a flag with its value', { args: ['--token=tok-12345678', 'public-name'] }],
    ['a header as an argument', { args: ['--header', 'Authorization: Bearer tok-12345678'] }],
    ['the password of a URL', { url: 'https://user:tok-12345678@mcp.example.com/sse' }],
    ['a field of a query', { url: 'https://mcp.example.com/sse?team=platform&api_key=tok-12345678' }],
  ])('are found in %s', (_name, server) => {
    expect(secretsIn(server)).toEqual(['tok-12345678'])
  })

  test('are found in the password of a URL as it is spelled and as it is meant', () => {
    expect(secretsIn({ url: 'https://user:p%40ss-12345@mcp.example.com' })).toEqual([
      'p%40ss-12345',
      'p@ss-12345',
    ])
  })

  test.each([
    ['a reference', { env: { TOKEN: '${TRACKER_TOKEN}' } }],
    ['a short value', { env: { TOKEN: 'on' } }],
    ['a plain variable', { env: { LOG_LEVEL: 'information' } }],
    ['a plain URL', { url: 'https://mcp.example.com/sse?team=platform-team' }],
    ['plain arguments', { args: ['-y', '@example/tracker-server', '--verbose', 'everything'] }],
  ])('are not seen in %s', (_name, server) => {
    expect(secretsIn(server)).toEqual([])
  })

  test('are found however deep they stand', () => {
    const json = `${'{"a":'.repeat(20_000)}{"token":"tok-12345678"}${'}'.repeat(20_000)}`
    expect(secretsOfMcp([{ kind: 'inline', json }])).toEqual(['tok-12345678'])
  })

  test('are not sought in files and ids', () => {
    expect(secretsOfMcp([{ kind: 'path', path: 'mcp.json' }])).toEqual([])
  })
})
