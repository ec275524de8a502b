import { expect, test } from 'vitest'
import { settle, stagedWindDown, stageRun } from '../testing/index.ts'

test('hands on what an agent says and how it ends by itself', async () => {
  const { clock, processes, said, run, sent } = stageRun()
  const running = run()
  await clock.advance(100)
  processes.last.stdout.write('hello')
  await clock.advance(100)
  processes.last.stderr.write('careful')
  processes.last.exit(3)
  const end = await running
  expect(end).toEqual({
    exit: { kind: 'code', code: 3 },
    stop: undefined,
    timing: { started: 0, firstOutput: 100, ended: 200 },
    killed: [],
    left: [],
    released: false,
  })
  expect(said).toEqual(['hello', 'careful'])
  expect(sent().filter((signal) => signal.startsWith('SIGTERM'))).toEqual([])
})

test('marks every process of the run with the marker', async () => {
  const { processes, run } = stageRun()
  const running = run()
  await settle()
  processes.last.exit(0)
  await running
  expect(processes.started[0]?.command.env).toEqual({ OZ_AGENT_RUN_MARKER: 'm4rk3r' })
})

test('leaves no timer and no listener behind', async () => {
  const { clock, processes, stop, run } = stageRun('obedient', { startupTimeout: 60_000, timeoutAt: 90_000 })
  const running = run()
  await settle()
  processes.last.exit(0)
  await running
  expect([clock.waiting, stop.listening]).toEqual([0, 0])
})

test('tells the pid as soon as the agent is there', async () => {
  const pids: number[] = []
  const { processes, run } = stageRun('obedient', { onStarted: (pid) => void pids.push(pid) })
  const running = run()
  await settle()
  expect(pids).toEqual([processes.last.pid])
  processes.last.exit(0)
  await running
})

test('stops an agent that shows no sign of life within the start-up time', async () => {
  const { clock, run, sent } = stageRun('obedient', { startupTimeout: 60_000 })
  const running = run()
  await clock.advance(59_999)
  expect(sent()).toEqual([])
  await clock.advance(1)
  expect(sent()[0]).toBe('SIGTERM -5000')
  await clock.advance(stagedWindDown.deadlineGrace)
  expect(await running).toMatchObject({
    stop: { kind: 'startup-timeout' },
    exit: { kind: 'code', code: 0 },
    timing: { firstOutput: undefined },
  })
})

test.each([
  { name: 'has shown a sign of life', startupTimeout: 60_000, says: 'hello' },
  { name: 'may take any time to start', startupTimeout: 0, says: '' },
])('lets an agent go on that $name', async ({ startupTimeout, says }) => {
  const { clock, processes, run } = stageRun('obedient', { startupTimeout })
  const running = run()
  await settle()
  if (says !== '') processes.last.stdout.write(says)
  await clock.advance(3_600_000)
  processes.last.exit(0)
  expect((await running).stop).toBeUndefined()
})

test('waits for a slow log and loses nothing that was said before the end', async () => {
  const said: string[] = []
  const { clock, processes, run } = stageRun('obedient', {
    onStdout: async (chunk) => {
      await clock.sleep(10_000)
      said.push(new TextDecoder().decode(chunk))
    },
  })
  const running = run()
  await settle()
  for (const word of ['one', 'two', 'three']) processes.last.stdout.write(word)
  processes.last.exit(0)
  await clock.advance(60_000)
  expect(await running).toMatchObject({ released: false, stop: undefined })
  expect(said).toEqual(['one', 'two', 'three'])
})

test('gives up a pipe that a stranger goes on writing to', async () => {
  const { clock, processes, run } = stageRun()
  const running = run()
  await settle()
  processes.last.exit(0, 'held')
  const trickle = (): void => {
    processes.last.stdout.write('.')
    clock.after(200, trickle)
  }
  trickle()
  await clock.advance(20_000)
  expect(await running).toMatchObject({ exit: { kind: 'code', code: 0 }, stop: undefined, released: true })
})

test('kills children that outlive the agent', async () => {
  const { clock, processes, run } = stageRun()
  const running = run()
  await settle()
  processes.table.set(6000, { pid: 6000, parent: 1, group: 5000, nature: 'deaf' })
  processes.last.exit(0)
  await clock.advance(10_000)
  expect(await running).toMatchObject({ exit: { kind: 'code', code: 0 }, stop: undefined, killed: [6000] })
})

test('tells what no signal could end', async () => {
  const { clock, run, stop } = stageRun('unkillable')
  const running = run()
  await settle()
  stop.send('SIGINT')
  await clock.advance(60_000)
  expect(await running).toMatchObject({ exit: undefined, killed: [], left: [5000], released: true })
})

test('ends the run before it passes on what a callback threw', async () => {
  const bug = new TypeError('a bug')
  const { clock, processes, run } = stageRun('deaf', {
    onStdout: () => {
      throw bug
    },
  })
  const running = run().catch((error: unknown) => error)
  await settle()
  processes.last.stdout.write('word')
  await clock.advance(10_000)
  expect(await running).toBe(bug)
  expect(processes.table.size).toBe(0)
})

test('passes on why a process could not be started, and listens no more', async () => {
  const refusal = Object.assign(new Error('no such file'), { code: 'ENOENT' })
  const { processes, stop, run } = stageRun()
  processes.starting = () => Promise.reject(refusal)
  await expect(run()).rejects.toBe(refusal)
  expect(stop.listening).toBe(0)
})
