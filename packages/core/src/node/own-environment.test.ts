import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const MODULE = new URL('./own-environment.ts', import.meta.url).href
const PROGRAM = `
const { hideOwnVariables } = await import('${MODULE}')
const [, ...names] = process.argv
const done = hideOwnVariables(names)
const { execFileSync } = await import('node:child_process')
console.log(JSON.stringify({ done, own: process.env.OZ_TOKEN, childs: execFileSync('/usr/bin/env').toString() }))
process.stdin.resume()
`

/** What a process of the same user reads of another one that has hidden these names. */
async function look(names: readonly string[]) {
  const env = { PATH: process.env.PATH, OZ_TOKEN: 'tok-é-0123456789', OZ_TOKEN_2: 'other', EMPTY: '' }
  const args = ['--input-type=module', '-e', PROGRAM, ...names]
  const child = spawn(process.execPath, args, { env, stdio: ['pipe', 'pipe', 'inherit'], cwd: here })
  const [line] = await once(child.stdout, 'data')
  const environ = readFileSync(`/proc/${child.pid}/environ`, 'utf8').split('\0')
  child.stdin.end()
  await once(child, 'exit')
  return { environ, said: JSON.parse(String(line)) }
}

const here = fileURLToPath(new URL('.', import.meta.url))

test.runIf(process.platform === 'linux')(
  'without it, every process of the user reads the token',
  async () => {
    expect((await look([])).environ).toContain('OZ_TOKEN=tok-é-0123456789')
  },
)

test.runIf(process.platform === 'linux')('hides values from others, and keeps them for itself', async () => {
  const { environ, said } = await look(['OZ_TOKEN', 'EMPTY', 'NOT_SET'])
  expect(environ).toContain(`OZ_TOKEN=${'*'.repeat(17)}`)
  expect(environ).toContain('OZ_TOKEN_2=other')
  expect(said).toMatchObject({ done: true, own: 'tok-é-0123456789' })
  expect(said.childs).toContain('OZ_TOKEN=tok-é-0123456789\n')
  expect(said.childs).not.toContain('NOT_SET')
})
