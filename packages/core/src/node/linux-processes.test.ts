import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/index.ts'
import { createLinuxView, holdsVariable, parseLinuxStat } from './process-table.ts'

/** A stat line with the given command and state; field 22 is the start. */
const line = (command: string, state = 'S') =>
  `4711 (${command}) ${state} 4700 4711 4711 0 -1 4194560 1 0 0 0 2 1 0 0 20 0 1 0 987654 1000 50 184467`

const expected = { pid: 4711, parent: 4700, group: 4711, state: 'S', startTicks: '987654' }

test.each([
  { name: 'a plain command', text: line('node'), parsed: expected },
  { name: 'a command with spaces', text: line('Web Content'), parsed: expected },
  { name: 'a command that ends like the bracket', text: line('a) S 1 1 1'), parsed: expected },
  { name: 'a command with a newline', text: line('a\nb'), parsed: expected },
  { name: 'an empty command', text: line(''), parsed: expected },
  { name: 'a zombie', text: line('sh', 'Z'), parsed: { ...expected, state: 'Z' } },
  { name: 'nothing', text: '', parsed: undefined },
  { name: 'half a line', text: '4711 (node) S 4700', parsed: undefined },
])('reads $name', ({ text, parsed }) => {
  expect(parseLinuxStat(text)).toEqual(parsed)
})

test.each([
  { name: 'the first variable', environ: 'A=1\0B=2\0', found: true },
  { name: 'a later variable', environ: 'X=0\0A=1\0', found: true },
  { name: 'a name that ends like it', environ: 'BA=1\0', found: false },
  { name: 'a value that begins like it', environ: 'A=12\0', found: false },
  { name: 'a name that ends like it before it', environ: 'BA=1\0A=1\0', found: true },
  { name: 'its text within another value', environ: 'B=A=1\0', found: false },
  { name: 'an empty environment', environ: '', found: false },
])('a variable is found exactly: $name', ({ environ, found }) => {
  expect(holdsVariable(Buffer.from(environ), 'A', '1')).toBe(found)
})

test('lists what runs, without zombies and without what ends meanwhile', async () => {
  await using proc = await temporaryFolder()
  const add = async (pid: number, stat: string | undefined) => {
    await mkdir(join(proc.path, String(pid)))
    if (stat !== undefined) await writeFile(join(proc.path, String(pid), 'stat'), stat)
  }
  await add(4711, line('node'))
  await add(4712, line('sh', 'Z').replace('4711', '4712'))
  await add(4713, undefined)
  await mkdir(join(proc.path, 'self'))
  expect(await createLinuxView(proc.path).list()).toEqual([{ pid: 4711, parent: 4700, group: 4711 }])
})

test.runIf(process.platform === 'linux')('finds a real child, its variable and its start', async () => {
  const view = createLinuxView()
  const child = spawn('sh', ['-c', 'echo ready; read line'], {
    env: { PATH: process.env.PATH, OZ_TEST_MARK: 'here it is' },
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  await once(child.stdout, 'data')
  const pid = child.pid ?? 0
  expect(await view.list()).toContainEqual({ pid, parent: process.pid, group: pid })
  expect(await view.withVariable('OZ_TEST_MARK', 'here it is')).toEqual([pid])
  expect(await view.withVariable('OZ_TEST_MARK', 'here')).toEqual([])
  const start = await view.startTime(pid)
  expect(start).toMatch(/^[0-9a-f-]+\/\d+$/)
  expect(await view.startTime(pid)).toBe(start)
  expect(await view.startTime(process.pid)).not.toBe(start)
  child.stdin.end()
  await once(child, 'exit')
  expect(await view.startTime(pid)).toBeUndefined()
})

test('shows nothing where /proc is not mounted', async () => {
  await using folder = await temporaryFolder()
  const view = createLinuxView(join(folder.path, 'proc'))
  expect([await view.list(), await view.withVariable('A', '1'), await view.startTime(1)]).toEqual([
    [],
    [],
    undefined,
  ])
})
