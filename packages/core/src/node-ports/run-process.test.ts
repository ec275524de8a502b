import { expect, test } from 'vitest'
import { createNodeProcesses } from './create-node-ports.ts'
import { runProcess } from './run-process.ts'

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
