import { expect, test } from 'vitest'
import { createMacView, parsePsEnvironment, parsePsTable } from './process-table.ts'

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
