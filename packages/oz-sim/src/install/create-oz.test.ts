import { existsSync, mkdirSync, mkdtempSync, symlinkSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, describe, expect, it } from 'vitest'
import { readCalls } from '../record/calls.ts'
import { createOz } from './create-oz.ts'

const folder = mkdtempSync(join(tmpdir(), 'create-oz-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const from = 'source'
const bare = { env: { WARP_API_KEY: 'wk-1' }, extendEnv: false, reject: false, stdin: 'ignore' } as const

describe('an installed stand-in', () => {
  it('lives in a folder whose name needs quoting', async () => {
    const dir = join(folder, `it's "a" $folder`)
    const oz = await createOz({ dir, from, script: { steps: [{ exit: 3 }] } })
    expect(await execa(oz.path, ['agent', 'run', '--prompt=a b'], bare)).toMatchObject({ exitCode: 3 })
    expect(readCalls(oz.record)).toMatchObject([{ argv: ['agent', 'run', '--prompt=a b'] }])
  })

  it('finds its settings through a link, and takes its channel from the name of the link', async () => {
    const oz = await createOz({ dir: join(folder, 'linked'), from, script: { steps: [] } })
    const elsewhere = join(folder, 'elsewhere')
    mkdirSync(elsewhere)
    symlinkSync(oz.path, join(elsewhere, 'oz-dev'))
    const { stdout } = await execa(join(elsewhere, 'oz-dev'), ['--version'], bare)
    expect(stdout).toContain('.dev_01')
    expect(readCalls(oz.record)).toMatchObject([{ name: 'oz-dev' }])
  })

  it('is found on PATH', async () => {
    const oz = await createOz({ dir: join(folder, 'on-path'), from })
    const env = { ...bare.env, PATH: `${oz.dir}:/usr/bin:/bin` }
    const { exitCode } = await execa('/bin/sh', ['-c', 'oz whoami'], { ...bare, env })
    expect(exitCode).toBe(0)
    expect(readCalls(oz.record)).toMatchObject([{ executable: oz.path }])
  })

  it('refuses a wrong script before anything is written', async () => {
    const wrong = createOz({ dir: join(folder, 'wrong'), script: { steps: [{ wait: 'long' }] } })
    await expect(wrong).rejects.toThrow('steps[0].wait.for: expected a duration')
    expect(existsSync(join(folder, 'wrong'))).toBe(false)
  })

  it('refuses an unknown scenario', async () => {
    await expect(createOz({ dir: join(folder, 'wrong'), script: 'sucess' })).rejects.toThrow(
      "did you mean 'success'?",
    )
  })
})
