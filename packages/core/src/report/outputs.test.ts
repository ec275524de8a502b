import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_EVENTS } from '../agent/run-state.ts'
import { keepHead } from '../agent/transcript.ts'
import type { OutputValues } from '../contract/outputs.ts'
import { MemoryFile } from '../testing/fakes.ts'
import { aResult, eventLines } from '../testing/staged-run.ts'
import { buildOutputs, type OutputOptions } from './outputs.ts'

function kept(text: string, maxBytes: number) {
  const head = keepHead(new MemoryFile(), maxBytes)
  head.write(text)
  return head
}

function outputs(
  said: string,
  events: string,
  options: Partial<OutputOptions> = {},
  result = aResult(),
): OutputValues {
  const maxBytes = options.maxBytes ?? 1000
  return buildOutputs(result, {
    format: 'text',
    said: kept(said, maxBytes),
    saidFile: 'out/agent-output.md',
    transcript: kept(events, maxBytes),
    transcriptFile: 'out/transcript.ndjson',
    resultFile: 'out/result.json',
    maxBytes,
    ...options,
  })
}

const notice = '\n\n[Cut here: the whole text is in out/agent-output.md]'

describe('the outputs of a step', () => {
  it('tells all that is known, and the empty string for what is not', () => {
    expect(outputs('one\n\ntwo', '')).toEqual({
      outcome: 'succeeded',
      exitCode: '0',
      agentOutput: 'one\n\ntwo',
      finalMessage: 'All done.',
      runId: 'run-1',
      runUrl: 'https://oz.warp.dev/runs/run-1',
      sessionUrl: '',
      conversationId: '',
      pullRequestUrl: '',
      artifacts: '[]',
      durationSeconds: '65',
      resultFile: 'out/result.json',
      transcriptFile: 'out/transcript.ndjson',
    })
  })

  it.each([
    ['exactly the limit', 'x'.repeat(100), 'x'.repeat(100)],
    ['one byte more', 'x'.repeat(101), `${'x'.repeat(100 - notice.length)}${notice}`],
    [
      'a character on the border',
      `${'x'.repeat(99 - notice.length)}🎉${'x'.repeat(99)}`,
      `${'x'.repeat(99 - notice.length)}${notice}`,
    ],
  ])('cuts what the agent said at the limit: %s', (_name, said, expected) => {
    expect(outputs(said, '', { maxBytes: 100 }).agentOutput).toBe(expected)
  })

  it('hands on events as lines that parse, and says where the rest is', () => {
    const whole = outputs('', eventLines.agent('a'), { format: 'json' }).agentOutput
    expect(whole).toBe(eventLines.agent('a').trim())
    const cut = outputs('', eventLines.agent('some words').repeat(9), {
      format: 'json',
      maxBytes: 200,
    }).agentOutput
    const lines = cut.split('\n').map((line) => JSON.parse(line))
    expect(lines.at(-1)).toEqual({ type: 'output_cut', transcript_file: 'out/transcript.ndjson' })
    expect(lines.length).toBe(4)
  })

  it('keeps the last artifacts when not all fit, and hands on the last pull request', () => {
    const artifacts = [1, 2, 3].map((number) => ({
      type: 'pull_request',
      url: `https://example.com/${number}`,
    }))
    const result = aResult({ state: { ...NO_EVENTS, artifacts } })
    const values = outputs('', '', { maxBytes: 130 }, result)
    expect(JSON.parse(values.artifacts)).toEqual(artifacts.slice(1))
    expect(values.pullRequestUrl).toBe('https://example.com/3')
  })

  it('leaves out a link that does not fit rather than half of it', () => {
    expect(outputs('', '', { maxBytes: 20 }).runUrl).toBe('')
  })

  it('keeps every value within any limit, on character borders', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.nat(120),
        fc.constantFrom('text', 'json'),
        (text, limit, format) => {
          const maxBytes = Math.max(20, limit)
          const result = aResult({ state: { ...NO_EVENTS, finalMessage: text } })
          const values = outputs(
            text,
            eventLines.agent(text).repeat(3),
            { maxBytes, format: format as 'text' },
            result,
          )
          for (const value of Object.values(values)) {
            expect(Buffer.byteLength(value)).toBeLessThanOrEqual(maxBytes)
            expect(value).not.toContain('\ufffd')
          }
        },
      ),
    )
  })
})
