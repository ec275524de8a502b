import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/index.ts'
import {
  createLinuxView,
  createMacView,
  holdsVariable,
  parseLinuxStat,
  parsePsEnvironment,
  parsePsTable,
} from './process-table.ts'

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

const TABLE = `
    1     0     1 Ss
  501     1   501 S
 4711   501  4711 S+
 4712  4711  4711 Z+
 4713  4711  4713 R

`

test('reads the table of ps without zombies', () => {
  expect(parsePsTable(TABLE)).toEqual([
    { pid: 1, parent: 0, group: 1 },
    { pid: 501, parent: 1, group: 501 },
    { pid: 4711, parent: 501, group: 4711 },
    { pid: 4713, parent: 4711, group: 4713 },
  ])
})

test.each([
  { name: 'nothing', output: '' },
  { name: 'a header', output: '  PID  PPID  PGID STAT\n' },
  { name: 'a complaint', output: 'ps: illegal option -- E\n' },
])('reads no process from $name', ({ output }) => {
  expect(parsePsTable(output)).toEqual([])
})

const ENVIRONMENT = `
  501 /sbin/launchd
 4711 /opt/oz agent run PATH=/usr/bin:/bin OZ_MARK=c00k1e HOME=/Users/ci
 4712 sleep 1000 OZ_MARK=c00k1e-other
 4713 sh -c echo XOZ_MARK=c00k1e
 4714 sleep 1000 OZ_MARK=c00k1e
`

test('finds exactly the processes that carry the variable', () => {
  expect(parsePsEnvironment(ENVIRONMENT, 'OZ_MARK', 'c00k1e')).toEqual([4711, 4714])
})

test('asks ps for no more than it needs', async () => {
  const asked: string[] = []
  const view = createMacView(async (args) => {
    asked.push(args.join(' '))
    return args[0] === '-o' ? 'Mon Jan  5 10:00:00 2026\n' : ''
  })
  expect(await view.startTime(4711)).toBe('Mon Jan  5 10:00:00 2026')
  await view.list()
  await view.withVariable('A', 'b')
  expect(asked).toEqual(['-o lstart= -p 4711', '-axo pid=,ppid=,pgid=,stat=', '-axEwwo pid=,command='])
})

test('a process that is gone has no start', async () => {
  expect(await createMacView(async () => '\n').startTime(4711)).toBeUndefined()
})
