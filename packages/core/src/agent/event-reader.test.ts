import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRedactor } from '../auth/redactor.ts'
import { MemoryFile } from '../testing/fakes.ts'
import { cutBytes, eventLine, eventLines } from '../testing/staged-run.ts'
import type { OzEvent } from './event.ts'
import { createEventReader } from './event-reader.ts'

const KEY = 'wk-1.secret/key+0123'

function read(
  chunks: readonly (Uint8Array | string)[],
  errors: readonly string[] = [],
  secrets: readonly string[] = [KEY],
) {
  const transcript = new MemoryFile()
  const said = new MemoryFile()
  const events: OzEvent[] = []
  const plain: string[] = []
  const reader = createEventReader({
    redactor: createRedactor(secrets),
    transcript,
    said,
    onEvent: (event) => events.push(event),
    onPlainLine: (line) => plain.push(line),
  })
  for (const chunk of chunks) reader.push(Buffer.from(chunk as Uint8Array))
  for (const chunk of errors) reader.stderr(Buffer.from(chunk))
  reader.end()
  reader.end()
  return { transcript: transcript.text, said: said.text, events, plain, state: reader.state() }
}

const jsonLines = (text: string): unknown[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))

describe('the event reader', () => {
  it('keeps events in the transcript as they came', () => {
    const text = `{ "type":"agent",  "text":"a\\/b" }\n${eventLine({ type: 'novel', a: [1, 1e30] })}`
    expect(read([text]).transcript).toBe(text)
  })

  it('wraps what is no event, so that each line of the transcript parses', () => {
    const { transcript, plain } = read(['warming up\r\n', '[1]\n', eventLines.agent('hi').trim()], ['oh\tno'])
    expect(plain).toEqual(['warming up', '[1]'])
    expect(jsonLines(transcript)).toEqual([
      { type: 'plain_text', stream: 'stdout', text: 'warming up' },
      { type: 'plain_text', stream: 'stdout', text: '[1]' },
      { type: 'agent', text: 'hi' },
      { type: 'plain_text', stream: 'stderr', text: 'oh\tno' },
    ])
  })

  it('hides a key that escapes spell, in values and in names', () => {
    const spelled = [...KEY].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
    const { transcript, events } = read([
      `{"type":"agent","text":"it is ${spelled}","${spelled}":[{"a":"${spelled}"}]}\n`,
    ])
    expect(jsonLines(transcript)).toEqual([{ type: 'agent', text: 'it is ***', '***': [{ a: '***' }] }])
    expect(events).toEqual([{ type: 'agent', text: 'it is ***' }])
  })

  it.each([
    { name: 'the start of every event', secret: '{"type":' },
    { name: 'what parts two fields', secret: '","text":"' },
    { name: 'the name of a field', secret: 'text' },
    { name: 'the type of an event', secret: 'agent' },
    { name: 'a field with its value', secret: '"type":"agent"' },
    { name: 'the end of every event', secret: '."}' },
  ])('reads events whose syntax a secret spells: $name', ({ secret }) => {
    const { events, transcript, said, state } = read(
      [eventLines.agent('Done.'), eventLines.runStarted()],
      [],
      [secret],
    )
    expect(events).toMatchObject([{ type: 'agent' }, { type: 'run_started', runId: 'run-1' }])
    expect(jsonLines(transcript)).toHaveLength(2)
    expect([said, state.events, state.plainLines]).toEqual(['Done.', 2, 0])
  })

  it.each([
    {
      name: 'a whole object',
      secret: '{"user":"me","pass":"hunter22"}',
      line: '{"user":"me","pass":"hunter22"}',
    },
    { name: 'a piece of one', secret: '"pass":"hunter22"', line: '{"user":"us","pass":"hunter22","n":1}' },
    { name: 'a number', secret: '48392011', line: '{"pin":48392011}' },
    { name: 'a value over two fields', secret: 'ter22","b":"hun', line: '{"a":"hunter22","b":"hunter22"}' },
  ])('hides a secret that is JSON itself: $name', ({ secret, line }) => {
    const { transcript, state } = read([`${line}\n`], [], [secret])
    expect(jsonLines(transcript)).toHaveLength(1)
    expect(transcript).not.toMatch(/hunter22.*hunter22|"hunter22"|48392011/)
    expect(transcript).toContain('***')
    expect(state.events).toBe(1)
  })

  it('hides a secret of several lines, short ones too, in what is no event', () => {
    const { plain } = read(['key:\r\nAB\r\n12345678\r\nCD\r\nend\n'], [], ['AB\n12345678\nCD'])
    expect(plain).toEqual(['key:', '***', 'end'])
  })

  it('hides a key that something unseen tears apart, in events, lines and files', () => {
    const torn = [...KEY].join('\u200b')
    const escaped = `{"type":"agent","text":"it is ${[...KEY].join('\\u001b[0m').replaceAll('"', '')}"}\n`
    const { transcript, events, plain, said } = read(
      [eventLines.agent(torn), escaped, `${torn}\n`],
      [`${torn}\n`],
    )
    expect(events).toEqual([
      { type: 'agent', text: '***' },
      { type: 'agent', text: 'it is ***' },
    ])
    expect([plain, said]).toEqual([['***'], '***\n\nit is ***'])
    expect(transcript).not.toContain('\u200b')
  })

  it('keeps lines with harmless escapes as they came', () => {
    const line = '{"type":"agent","text":"\\u001b[0m \\u00e9"}\n'
    expect(read([line]).transcript).toBe(line)
  })

  it('writes what the agent said, whole, and nothing else', () => {
    const { said } = read([
      eventLines.agent('one\n'),
      eventLines.reasoning('hm'),
      eventLines.agent(' '),
      eventLines.agent('two'),
    ])
    expect(said).toBe('one\n\ntwo')
  })

  it('reads a line of 10 MB', () => {
    const text = 'é'.repeat(5 * 1024 * 1024)
    const bytes = Buffer.from(eventLines.agent(text))
    const places = Array.from({ length: Math.floor(bytes.length / 65_537) }, (_, index) => index * 65_537)
    const { state, events } = read(cutBytes(bytes, places))
    expect(events.length).toBe(1)
    expect(state.finalMessage).toBe(text)
  })

  it('keeps a line beyond the maximum in pieces', () => {
    const { transcript, events, plain } = read([
      `{"type":"agent","text":"${'x'.repeat(17 * 1024 * 1024)}"}\nafter\n`,
    ])
    expect(events).toEqual([])
    expect(plain.length).toBe(3)
    const lines = jsonLines(transcript) as { text: string; cut?: boolean }[]
    expect(lines.map((line) => line.cut)).toEqual([true, true, undefined])
    expect(lines[0]?.text.length).toBe(16 * 1024 * 1024)
  })

  it('takes the identity from prose where no event tells it', () => {
    const { state } = read([
      'Spawned ambient agent with run ID: abc-1\nView run: https://oz.warp.dev/runs/abc-1\nRun ID: other\n',
      'View agent session: https://app.warp.dev/s/2\nNew conversation started with debug ID: c 2\n',
    ])
    expect(state).toMatchObject({
      runId: 'abc-1',
      runUrl: 'https://oz.warp.dev/runs/abc-1',
      sessionUrl: 'https://app.warp.dev/s/2',
      conversationId: undefined,
    })
  })

  it('keeps the last plain lines of both streams, within a bound', () => {
    const { state } = read([`${'x'.repeat(99)}\n`.repeat(5000), 'last of stdout\n'], ['error: no\n'])
    expect(state.tail.length).toBeLessThanOrEqual(64 * 1024)
    expect(state.tail.endsWith('last of stdout\nerror: no\n')).toBe(true)
    expect(state.plainLines).toBe(5001)
    expect(state.outputBytes).toBe(500_015)
  })

  const piece = fc.oneof(
    fc
      .constantFrom(
        eventLines.runStarted(),
        eventLines.agent('né 🎉\u2028'),
        eventLines.agent(`key ${KEY}`),
        eventLines.command('npm test', 2, 'a\r\nb'),
        eventLines.pullRequest('https://example.com/pull/1'),
        eventLine({ type: 'novel' }),
        '{"type":"agent","text":"\\u0077k-1.secret/key+0123"}\n',
        'plain\r\n',
        '10%\r',
        KEY,
        '{"type":',
      )
      .map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
  )

  it('gives the same events, state and files for any way of cutting any bytes, and never shows the key', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.array(fc.nat(600), { maxLength: 30 }),
        (pieces, places) => {
          const bytes = Buffer.concat(pieces)
          const whole = read([bytes])
          expect(read(cutBytes(bytes, places))).toEqual(whole)
          expect(JSON.stringify(whole)).not.toContain(KEY)
          expect(() => jsonLines(whole.transcript)).not.toThrow()
        },
      ),
      { numRuns: 300 },
    )
  })
})
