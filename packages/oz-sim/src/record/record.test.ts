import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { KEY, OzFixture } from '../testing/oz-fixture.ts'
import { fingerprint, readCalls } from './calls.ts'

describe('the record of calls', () => {
  it('tells how each call came about and ended, and never the key', async () => {
    await using oz = await OzFixture.create({ record_env: ['MINE'], steps: [] })
    await oz.run(['agent', 'run', '--prompt=x'], { MINE: '1', NOT_SHOWN: 'value', OZ_X: '2' })
    const [call] = oz.calls()
    expect(call).toMatchObject({
      name: 'oz',
      argv: ['agent', 'run', '--prompt=x'],
      command: ['agent', 'run'],
      cwd: oz.work,
      env: { MINE: '1', OZ_X: '2' },
      env_names: expect.arrayContaining(['NOT_SHOWN', 'WARP_API_KEY']),
      api_key: { source: 'environment', fingerprint: fingerprint(KEY), length: KEY.length },
      stdin: 'null-device',
      ppid: process.pid,
      pgid: expect.any(Number),
      end: { exit: { code: 0 }, heard: [] },
    })
    const text = readFileSync(join(oz.oz.record, 'calls.ndjson'), 'utf8')
    expect(text).not.toContain(KEY)
    expect(text).not.toContain('value')
  })

  it.each([[[`--api-key=${KEY}`]], [['--api-key', KEY]]])(
    'takes the key out of the arguments',
    async (flags) => {
      await using oz = await OzFixture.create()
      await oz.run(['whoami', ...flags], { WARP_API_KEY: '' })
      const [call] = oz.calls()
      expect(JSON.stringify(call)).not.toContain(KEY)
      expect(call?.api_key).toEqual({ source: 'argument', fingerprint: fingerprint(KEY), length: KEY.length })
    },
  )

  it('tells of refused arguments too', async () => {
    await using oz = await OzFixture.create()
    await oz.run(['agent', 'run', '--nonsense'])
    expect(oz.calls()).toMatchObject([{ argv: ['agent', 'run', '--nonsense'], end: { exit: { code: 2 } } }])
  })

  it('keeps the lines of calls that run at once apart', async () => {
    await using oz = await OzFixture.create({ steps: [] })
    const prompts = Array.from({ length: 8 }, (_, index) => `${index}`.repeat(20_000))
    await Promise.all(prompts.map((prompt) => oz.agent(prompt)))
    const seen = oz.calls().map(({ argv }) => argv[2]?.slice('--prompt='.length))
    expect(seen.sort()).toEqual(prompts)
    expect(oz.calls().every(({ end }) => end)).toBe(true)
  })

  it('goes where OZ_SIM_RECORD says, or where a marker says', async () => {
    await using oz = await OzFixture.create()
    const [byEnv, byMarker] = [mkdtempSync(join(tmpdir(), 'rec-')), mkdtempSync(join(tmpdir(), 'rec-'))]
    await oz.run(['whoami'], { OZ_SIM_RECORD: byEnv })
    await oz.agent(`[oz-sim: ${JSON.stringify({ record: byMarker })}]`)
    expect([readCalls(byEnv).length, readCalls(byMarker).length, oz.calls().length]).toEqual([1, 1, 0])
  })

  it('is empty where nothing was called', () => {
    expect(readCalls(join(tmpdir(), 'no-such-folder'))).toEqual([])
  })
})
