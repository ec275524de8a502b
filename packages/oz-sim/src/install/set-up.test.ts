import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { execa } from 'execa'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readCalls } from '../record/calls.ts'
import { setUp } from './set-up.ts'

const folder = mkdtempSync(join(tmpdir(), 'setup-oz-sim-'))
const boot = join(import.meta.dirname, '../../boot.mjs')
const program = join(folder, 'program.js')
writeFileSync(program, `await import('${pathToFileURL(boot)}')\n`)
writeFileSync(join(folder, 'sim.yml'), 'steps:\n  - exit: 5\n')
afterAll(() => rm(folder, { recursive: true, force: true }))

const place = { program, node: process.execPath, platform: 'linux' } as const

function job(inputs: Readonly<Record<string, string>>): Record<string, string> {
  const files = mkdtempSync(join(folder, 'job-'))
  const runner = {
    RUNNER_TEMP: files,
    GITHUB_PATH: join(files, 'path'),
    GITHUB_OUTPUT: join(files, 'output'),
  }
  return { ...runner, GITHUB_WORKSPACE: folder, ...inputs }
}

describe('the setup action', () => {
  it.each([
    ['a scenario', { INPUT_SCENARIO: 'agent-error' }, 1],
    ['a script by path', { INPUT_SCRIPT: 'sim.yml' }, 5],
    ['a script in place', { INPUT_SCRIPT: 'steps:\n  - exit: 6' }, 6],
    ['a script in one line of JSON', { INPUT_SCRIPT: '{"steps":[{"exit":7}]}' }, 7],
    ['nothing', {}, 0],
  ])('installs an oz that behaves by %s and runs without Node on PATH', async (_name, inputs, code) => {
    const env = job({ ...inputs, INPUT_RECORD: 'rec' })
    const { path, record } = setUp(env, place)
    const options = { env: { PATH: '', WARP_API_KEY: 'wk-1' }, extendEnv: false, reject: false }
    const { exitCode } = await execa(path, ['agent', 'run', '--prompt=x'], options)
    expect(exitCode).toBe(code)
    expect(record).toBe(join(folder, 'rec'))
    expect(readCalls(record).at(-1)).toMatchObject({ executable: path, end: { exit: { code } } })
    expect(readFileSync(env.GITHUB_PATH ?? '', 'utf8')).toBe(`${join(path, '..')}\n`)
    expect(readFileSync(env.GITHUB_OUTPUT ?? '', 'utf8')).toMatch(
      new RegExp(`^path<<(end-.*)\n${path}\n\\1\nrecord<<`),
    )
  })

  it.each([
    [
      'both inputs',
      { INPUT_SCENARIO: 'success', INPUT_SCRIPT: 'sim.yml' },
      "'scenario' and 'script' exclude each other",
    ],
    ['a mistyped scenario', { INPUT_SCENARIO: 'sucess' }, "did you mean 'success'?"],
    ['a script that is not there', { INPUT_SCRIPT: 'gone.yml' }, 'gone.yml'],
    ['a script with a wrong step', { INPUT_SCRIPT: '{"steps":[{"exit":"x"}]}' }, 'steps[0].exit.code'],
    ['no job', { GITHUB_PATH: '' }, 'GITHUB_PATH is not set'],
  ])('refuses %s', (_name, inputs, error) => {
    expect(() => setUp(job(inputs), place)).toThrow(error)
  })

  it('refuses Windows', () => {
    expect(() => setUp(job({}), { ...place, platform: 'win32' })).toThrow('not on Windows')
  })

  it('declares the inputs that it reads', () => {
    const manifest = parse(
      readFileSync(join(import.meta.dirname, '../../../../actions/setup-oz-sim/action.yml'), 'utf8'),
    )
    expect(Object.keys(manifest.inputs)).toEqual(['scenario', 'script', 'record'])
    expect(Object.keys(manifest.outputs)).toEqual(['path', 'record'])
  })
})
