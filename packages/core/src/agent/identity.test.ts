import { describe, expect, test } from 'vitest'
import { identityOfLine } from './identity.ts'

type Row = [line: string, identity: { part: string; value: string } | undefined]

const rows: Row[] = [
  ['Run ID: 3f2c-1', { part: 'runId', value: '3f2c-1' }],
  ['Spawned ambient agent with run ID: r_1', { part: 'runId', value: 'r_1' }],
  ['Open in Oz: https://oz.warp.dev/runs/1', { part: 'runUrl', value: 'https://oz.warp.dev/runs/1' }],
  ['View run: https://oz.warp.dev/runs/1', { part: 'runUrl', value: 'https://oz.warp.dev/runs/1' }],
  ['New conversation started with debug ID: c:1', { part: 'conversationId', value: 'c:1' }],
  ['Sharing session at: https://app.warp.dev/s', { part: 'sessionUrl', value: 'https://app.warp.dev/s' }],
  ['View agent session: https://app.warp.dev/s', { part: 'sessionUrl', value: 'https://app.warp.dev/s' }],
  ['Run ID: --debug', undefined],
  ['Run ID: -x', undefined],
  ['Run ID: ../../etc', undefined],
  ['Run ID: two words', undefined],
  ['Run ID: ', undefined],
  ['Open in Oz: javascript:alert(1)', undefined],
  ['Sharing session at: https://example.com/<b>', undefined],
  ['the Run ID: 1', undefined],
  ['Agent state: Succeeded', undefined],
]

describe('what a line of prose tells of the run', () => {
  test.each(rows)('%s', (line, identity) => {
    expect(identityOfLine(line)).toEqual(identity)
  })
})
