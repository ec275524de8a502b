import { describe, expect, it } from 'vitest'
import { secretsOfMcp } from './mcp.ts'

const secretsIn = (server: unknown) => secretsOfMcp([{ kind: 'inline', json: JSON.stringify({ server }) }])

describe('the secrets of inline MCP JSON', () => {
  it.each([
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

  it('are found in the password of a URL as it is spelled and as it is meant', () => {
    expect(secretsIn({ url: 'https://user:p%40ss-12345@mcp.example.com' })).toEqual([
      'p%40ss-12345',
      'p@ss-12345',
    ])
  })

  it.each([
    ['a reference', { env: { TOKEN: '${TRACKER_TOKEN}' } }],
    ['a short value', { env: { TOKEN: 'on' } }],
    ['a plain variable', { env: { LOG_LEVEL: 'information' } }],
    ['a plain URL', { url: 'https://mcp.example.com/sse?team=platform-team' }],
    ['plain arguments', { args: ['-y', '@example/tracker-server', '--verbose', 'everything'] }],
  ])('are not seen in %s', (_name, server) => {
    expect(secretsIn(server)).toEqual([])
  })

  it('are found however deep they stand', () => {
    const json = `${'{"a":'.repeat(20_000)}{"token":"tok-12345678"}${'}'.repeat(20_000)}`
    expect(secretsOfMcp([{ kind: 'inline', json }])).toEqual(['tok-12345678'])
  })

  it('are not sought in files and ids', () => {
    expect(secretsOfMcp([{ kind: 'path', path: 'mcp.json' }])).toEqual([])
  })
})
