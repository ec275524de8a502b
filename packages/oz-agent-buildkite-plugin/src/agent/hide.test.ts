import { describe, expect, it } from 'vitest'
import { hideSecrets } from './hide.ts'

function setUp(api: boolean, command: boolean) {
  const byCommand: string[] = []
  const commands = {
    addRedactions: async (secrets: readonly string[]) => {
      byCommand.push(...secrets)
      return command ? { ok: true as const, stdout: '' } : { ok: false as const, reason: 'old agent' }
    },
  }
  return { byCommand, hide: () => hideSecrets(['a', 'b'], { redact: async () => api }, commands) }
}

describe('hiding secrets', () => {
  it('takes the Job API', async () => {
    const { byCommand, hide } = setUp(true, true)
    expect([await hide(), byCommand]).toEqual([undefined, []])
  })
  it('else the command', async () => {
    const { byCommand, hide } = setUp(false, true)
    expect([await hide(), byCommand]).toEqual([undefined, ['a', 'b']])
  })
  it('else says why not', async () => {
    expect(await setUp(false, false).hide()).toBe('old agent')
  })
})
