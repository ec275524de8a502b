import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createNodeProcesses } from './ports.ts'
import { runProcess } from './start-process.ts'

const env = { PATH: process.env.PATH }
const sh = (script: string) => ({ file: '/bin/sh', args: ['-c', script], env })
const node = (script: string) => ({ file: process.execPath, args: ['-e', script], env })

test('collects both outputs and the status', async () => {
  const run = await runProcess(node('console.log("öut"); console.error("err"); process.exitCode = 3'), {
    timeout: 20_000,
  })
  expect(run).toEqual({
    exit: { kind: 'code', code: 3 },
    stdout: 'öut\n',
    stderr: 'err\n',
    timedOut: false,
  })
})

test('feeds the input', async () => {
  const input = 'ä'.repeat(200_000)
  const run = await runProcess(node('process.stdin.pipe(process.stdout)'), { timeout: 20_000, input })
  expect(run.stdout).toBe(input)
})

test('does not mind a command that reads nothing of its input', async () => {
  const run = await runProcess(node('process.exit(0)'), { timeout: 20_000, input: 'x'.repeat(1_000_000) })
  expect(run.exit).toEqual({ kind: 'code', code: 0 })
})

test('keeps no more than the limit, and lets the command finish', async () => {
  const run = await runProcess(
    node('process.stdout.write("x".repeat(500_000), () => console.error("done"))'),
    {
      timeout: 20_000,
      maxBytes: 1000,
    },
  )
  expect(run).toMatchObject({ stdout: 'x'.repeat(1000), stderr: 'done\n', exit: { code: 0 } })
})

test('kills the whole group at the time limit and keeps what was said', async () => {
  const run = await runProcess(sh(`trap '' TERM; sleep 1000 & echo $!; wait`), { timeout: 300 })
  expect(run).toMatchObject({ exit: { kind: 'signal', signal: 'SIGKILL' }, timedOut: true })
  expect(await createNodeProcesses().startTime(Number(run.stdout))).toBeUndefined()
})

test('leaves no command behind when this process ends in the middle of it', async () => {
  const module = new URL('./start-process.ts', import.meta.url).href
  const asleep = 'echo $$ > "$0"; exec sleep 1000'
  const script = `
    const { runProcess } = await import(${JSON.stringify(module)})
    runProcess({ file: '/bin/sh', args: ['-c', ${JSON.stringify(asleep)}, process.argv[1]],
      env: { PATH: process.env.PATH } }, { timeout: 100_000 })
    const { existsSync, readFileSync } = await import('node:fs')
    const look = () => existsSync(process.argv[1]) && readFileSync(process.argv[1], 'utf8').endsWith('\\n')
      ? process.exit(0) : setTimeout(look, 5)
    setTimeout(look, 5)`
  const folder = await mkdtemp(join(tmpdir(), 'oz-run-process-'))
  const file = join(folder, 'pid')
  const args = ['--conditions=source', '--input-type=module', '-e', script, file]
  const run = await runProcess({ file: process.execPath, args, env }, { timeout: 20_000 })
  expect(run).toMatchObject({ exit: { kind: 'code', code: 0 }, stderr: '' })
  const pid = Number(await readFile(file, 'utf8'))
  await rm(folder, { recursive: true })
  // Not by its start time: where nobody reaps orphans, what was killed stays as a zombie.
  const seen = async () => (await createNodeProcesses().list()).map((row) => row.pid)
  await expect.poll(seen).not.toContain(pid)
})

test('does not wait for a background child that holds the pipes', async () => {
  const run = await runProcess(sh('sleep 1000 & echo $!'), { timeout: 20_000 })
  expect(run).toMatchObject({ exit: { kind: 'code', code: 0 }, timedOut: false })
  process.kill(Number(run.stdout), 'SIGKILL')
})

test('rejects when the command cannot be started', async () => {
  await expect(runProcess({ file: '/no/such/file', args: [], env }, { timeout: 1000 })).rejects.toMatchObject(
    {
      code: 'ENOENT',
    },
  )
})

test.each([
  { name: 'part of a millisecond', timeout: 0.4 },
  { name: 'no time at all', timeout: 0 },
])('takes $name as a limit', async ({ timeout }) => {
  const run = await runProcess(sh('exec sleep 1000'), { timeout })
  expect(run).toMatchObject({ exit: { kind: 'signal', signal: 'SIGKILL' }, timedOut: true })
})

test('kills the group when its signal aborts, before or during the run', async () => {
  const stop = new AbortController()
  const running = runProcess(sh('exec sleep 1000'), { timeout: 100_000, signal: stop.signal })
  stop.abort()
  const killed = { exit: { kind: 'signal', signal: 'SIGKILL' }, timedOut: true }
  expect(await running).toMatchObject(killed)
  const late = await runProcess(sh('exec sleep 1000'), { timeout: 100_000, signal: stop.signal })
  expect(late).toMatchObject(killed)
})

test('prints nothing of the command, whatever is debugged', async () => {
  const module = new URL('./start-process.ts', import.meta.url).href
  const script = `
    const { runProcess } = await import(${JSON.stringify(module)})
    await runProcess({ file: '/bin/echo', args: ['secret'], env: {} }, { timeout: 20_000 })`
  const args = ['--conditions=source', '--input-type=module', '-e', script]
  const debugged = { file: process.execPath, args, env: { ...env, NODE_DEBUG: 'execa' } }
  expect(await runProcess(debugged, { timeout: 20_000 })).toMatchObject({ stdout: '', stderr: '' })
})
