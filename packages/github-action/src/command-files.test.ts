import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@oz-agent/core/testing'
import { describe, expect, test } from 'vitest'
import { COMMAND_FILES, describeForeign, guardCommandFiles } from './command-files.ts'

/** The files of a step, of which the state has one line of ours, after something was done to them. */
async function after(attack: (path: (name: string) => string) => void, shared: readonly string[] = []) {
  await using folder = await temporaryFolder()
  const path = (name: string) => join(folder.path, name)
  for (const name of COMMAND_FILES) writeFileSync(path(name), '')
  const env = Object.fromEntries(COMMAND_FILES.map((name) => [name, path(name)]))
  const files = guardCommandFiles(env, (name) => shared.includes(name))
  files.prepare('GITHUB_STATE')
  appendFileSync(path('GITHUB_STATE'), 'record=ours\n')
  files.keep('GITHUB_STATE')
  writeFileSync(path('bashrc'), 'alias\n')
  attack(path)
  const foreign = files.restore()
  const now = Object.fromEntries(
    COMMAND_FILES.map((name) => [name, lstatSync(path(name)).isFile() && readFileSync(path(name), 'utf8')]),
  )
  return { foreign, now, bashrc: readFileSync(path('bashrc'), 'utf8') }
}

const OURS = {
  GITHUB_ENV: '',
  GITHUB_PATH: '',
  GITHUB_STATE: 'record=ours\n',
  GITHUB_OUTPUT: '',
  GITHUB_STEP_SUMMARY: '',
}

describe('the command files, after', () => {
  test.each([
    { name: 'nothing', attack: () => {}, foreign: [] },
    {
      name: 'lines in the environment file',
      attack: (path: (name: string) => string) =>
        appendFileSync(path('GITHUB_ENV'), 'NODE_OPTIONS=--require=/tmp/x.js\nBASH_ENV=/tmp/x'),
      foreign: [{ name: 'GITHUB_ENV', lines: 2 }],
    },
    {
      name: 'a line in each of them',
      attack: (path: (name: string) => string) => {
        for (const name of COMMAND_FILES) appendFileSync(path(name), 'x=1\n')
      },
      foreign: COMMAND_FILES.map((name) => ({ name, lines: 1 })),
    },
    {
      name: 'another state in place of ours',
      attack: (path: (name: string) => string) => writeFileSync(path('GITHUB_STATE'), 'record=/tmp/evil\n'),
      foreign: [{ name: 'GITHUB_STATE', lines: 1 }],
    },
    {
      name: 'a FIFO in place of a file',
      attack: (path: (name: string) => string) => {
        for (const name of COMMAND_FILES) rmSync(path(name))
        execFileSync('mkfifo', COMMAND_FILES.map(path))
      },
      foreign: COMMAND_FILES.map((name) => ({ name, lines: undefined })),
    },
    {
      name: 'a link to a file of the user',
      attack: (path: (name: string) => string) => {
        rmSync(path('GITHUB_OUTPUT'))
        symlinkSync(path('bashrc'), path('GITHUB_OUTPUT'))
      },
      foreign: [{ name: 'GITHUB_OUTPUT', lines: undefined }],
    },
    {
      name: 'a link to a device',
      attack: (path: (name: string) => string) => {
        rmSync(path('GITHUB_PATH'))
        symlinkSync('/dev/zero', path('GITHUB_PATH'))
      },
      foreign: [{ name: 'GITHUB_PATH', lines: undefined }],
    },
    {
      name: 'a second name of a file of the user',
      attack: (path: (name: string) => string) => {
        rmSync(path('GITHUB_STEP_SUMMARY'))
        linkSync(path('bashrc'), path('GITHUB_STEP_SUMMARY'))
      },
      foreign: [{ name: 'GITHUB_STEP_SUMMARY', lines: undefined }],
    },
    {
      name: 'a folder in place of a file',
      attack: (path: (name: string) => string) => {
        rmSync(path('GITHUB_STATE'))
        mkdirSync(join(path('GITHUB_STATE'), 'x'), { recursive: true })
      },
      foreign: [{ name: 'GITHUB_STATE', lines: undefined }],
    },
    {
      name: 'the removal of all',
      attack: (path: (name: string) => string) => {
        for (const name of COMMAND_FILES.slice(2, 3)) rmSync(path(name))
      },
      foreign: [],
    },
  ])('$name, hold what this step wrote', async ({ attack, foreign }) => {
    expect(await after(attack)).toEqual({ foreign, now: OURS, bashrc: 'alias\n' })
  })

  test('lines of an agent that was given the file, hold these too', async () => {
    const attack = (path: (name: string) => string) => appendFileSync(path('GITHUB_ENV'), 'A=1\n')
    const { foreign, now } = await after(attack, ['GITHUB_ENV'])
    expect({ foreign, now }).toEqual({ foreign: [], now: { ...OURS, GITHUB_ENV: 'A=1\n' } })
  })
})

test('a device that the step was given in place of a file is left alone', async () => {
  await using folder = await temporaryFolder()
  // Root could replace the machine's own, so that it gets one to try with.
  const device = process.getuid?.() === 0 ? join(folder.path, 'null') : '/dev/null'
  if (device !== '/dev/null') execFileSync('mknod', [device, 'c', '1', '3'])
  const files = guardCommandFiles({ GITHUB_OUTPUT: device, GITHUB_STATE: device }, () => false)
  files.prepare('GITHUB_STATE')
  files.keep('GITHUB_STATE')
  expect(files.restore()).toEqual([])
  expect(lstatSync(device).isCharacterDevice()).toBe(true)
})

test('a warning names the file and the number of lines', () => {
  expect(describeForeign({ name: 'GITHUB_ENV', lines: 2 })).toBe(
    'GITHUB_ENV was changed by something that ran in this step, most likely the agent. 2 lines did not come from this step; that was removed before GitHub could read it.',
  )
})
