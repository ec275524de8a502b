import type { OutputValues } from '@oz-agent/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderAnnotations, renderDotenv, safeValue } from './reporter.ts'

const outputs: OutputValues = {
  outcome: 'succeeded',
  exitCode: '0',
  agentOutput: 'First\nSecond',
  finalMessage: 'Second',
  runId: 'run-1',
  runUrl: 'https://oz.warp.dev/runs/run-1',
  sessionUrl: '',
  conversationId: 'c-1',
  pullRequestUrl: '',
  artifacts: '[{"type":"plan"}]',
  durationSeconds: '12',
  resultFile: '/builds/org/project/.oz-agent/review/result.json',
  transcriptFile: '/elsewhere/transcript.ndjson',
}
const options = { prefix: 'OZ', projectDir: '/builds/org/project' }

test('the outputs of a run, as a later job reads them', () => {
  expect(renderDotenv(outputs, options)).toBe(`OZ_OUTCOME=succeeded
OZ_EXIT_CODE=0
OZ_RUN_ID=run-1
OZ_RUN_URL=https://oz.warp.dev/runs/run-1
OZ_SESSION_URL=
OZ_CONVERSATION_ID=c-1
OZ_PULL_REQUEST_URL=
OZ_DURATION_SECONDS=12
OZ_RESULT_FILE=.oz-agent/review/result.json
OZ_TRANSCRIPT_FILE=/elsewhere/transcript.ndjson
OZ_ARTIFACTS_BASE64=W3sidHlwZSI6InBsYW4ifV0=
OZ_FINAL_MESSAGE=Second
OZ_AGENT_OUTPUT=First Second
`)
})

test.for<[string, string, string]>([
  ['lines become one', 'a\r\nb\n\nc', 'a b c'],
  ['quotes of every kind lose their meaning', `'a' "b" \`c\``, '’a’ ’b’ ’c’'],
  ['GitLab finds nothing to expand', '$HOME ${CI_JOB_TOKEN} $$', '＄HOME ＄{CI_JOB_TOKEN} ＄＄'],
  ['backslashes escape nothing', 'a\\nb', 'a＼nb'],
  ['control characters and escape sequences are gone', 'a\u0000\u001b[31mb', 'ab'],
  ['a long text is cut between characters and says so', '😀'.repeat(30), `${'😀'.repeat(9)} …`],
])('%s', ([, value, expected]) => {
  expect(safeValue(value, 40)).toBe(expected)
})

test('whatever the values, GitLab takes the file: below 5 KB, at most 20 variables, one line each', () => {
  const value = fc.string({ unit: 'grapheme', maxLength: 9000 })
  fc.assert(
    fc.property(value, value, value, value, (agentOutput, finalMessage, artifacts, runUrl) => {
      const text = renderDotenv({ ...outputs, agentOutput, finalMessage, artifacts, runUrl }, options)
      const lines = text.trimEnd().split('\n')
      expect(Buffer.byteLength(text)).toBeLessThan(5120)
      expect(lines).toHaveLength(13)
      for (const line of lines) expect(line).toMatch(/^OZ_[A-Z0-9_]+=[^\r\n"'`$\\]*$/)
    }),
    { numRuns: 50 },
  )
})

test('an address that does not fit is left out rather than halved', () => {
  const long = `https://example.com/${'a'.repeat(400)}`
  expect(renderDotenv({ ...outputs, runUrl: long }, options)).toContain('OZ_RUN_URL=\n')
})

test('the largest values under the longest prefix stay within 5 KB and 20 variables', () => {
  const long = 'x'.repeat(300)
  const artifacts = JSON.stringify([{ type: 'y'.repeat(1100) }])
  const all = Object.fromEntries(Object.keys(outputs).map((id) => [id, long]))
  const large = { ...all, artifacts, agentOutput: 'é'.repeat(9000), finalMessage: 'é'.repeat(9000) }
  const text = renderDotenv(large as unknown as OutputValues, { ...options, prefix: 'P'.repeat(64) })
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(5 * 1024)
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(20)
})

test('both links, in the form that GitLab documents', () => {
  const text = renderAnnotations({
    runUrl: 'https://oz.warp.dev/runs/1',
    sessionUrl: 'https://app.warp.dev/session/2',
  })
  expect(JSON.parse(text ?? '')).toEqual({
    Oz: [
      { external_link: { label: 'Oz run', url: 'https://oz.warp.dev/runs/1' } },
      { external_link: { label: 'Shared session', url: 'https://app.warp.dev/session/2' } },
    ],
  })
})

test.for([
  ['nothing known', undefined],
  ['a script for an address', 'javascript:alert(1)'],
  ['no address', 'soon'],
  ['an endless address', `https://example.com/${'a'.repeat(3000)}`],
])('no report for %s', ([, runUrl]) => {
  expect(renderAnnotations(runUrl === undefined ? {} : { runUrl })).toBeUndefined()
})
