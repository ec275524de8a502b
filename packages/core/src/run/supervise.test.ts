import { expect, test } from 'vitest'
import {
  FakeClock,
  FakeProcesses,
  FakeStopSignals,
  fakeMachine,
  type Nature,
  settle,
} from '../testing/index.ts'
import { type Supervision, supervise } from './supervise.ts'

const windDown = { cancelGrace: 5000, deadlineGrace: 30_000 }

/** A step under a clock that the test moves; the agent is deaf to SIGTERM or obeys it. */
function setUp(nature: Nature = 'obedient', request: Partial<Supervision> = {}) {
  const clock = new FakeClock()
  const processes = new FakeProcesses()
  const stop = new FakeStopSignals()
  processes.nature = nature
  const said: string[] = []
  const take = (chunk: Uint8Array): void => void said.push(new TextDecoder().decode(chunk))
  const supervision: Supervision = {
    command: { file: '/opt/oz', args: [], env: {} },
    startupTimeout: 0,
    windDown,
    cookie: 'c00k1e',
    onStdout: take,
    onStderr: take,
    isAlive: () => said.length > 0,
    ...request,
  }
  const run = () => supervise(supervision, { clock, processes, stop, machine: fakeMachine() })
  const sent = () => processes.signals.map(({ pid, signal }) => `${signal} ${pid}`)
  return { clock, processes, stop, said, run, sent }
}

test('hands on what an agent says and how it ends by itself', async () => {
  const { clock, processes, said, run, sent } = setUp()
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

test('marks every process of the run with the cookie', async () => {
  const { processes, run } = setUp()
  const running = run()
  await settle()
  processes.last.exit(0)
  await running
  expect(processes.started[0]?.command.env).toEqual({ OZ_AGENT_STEP_COOKIE: 'c00k1e' })
})

test('leaves no timer and no listener behind', async () => {
  const { clock, processes, stop, run } = setUp('obedient', { startupTimeout: 60_000, timeoutAt: 90_000 })
  const running = run()
  await settle()
  processes.last.exit(0)
  await running
  expect([clock.waiting, stop.listening]).toEqual([0, 0])
})

test('tells the pid as soon as the agent is there', async () => {
  const pids: number[] = []
  const { processes, run } = setUp('obedient', { onStarted: (pid) => void pids.push(pid) })
  const running = run()
  await settle()
  expect(pids).toEqual([processes.last.pid])
  processes.last.exit(0)
  await running
})

test('stops an agent that shows no sign of life within the start-up time', async () => {
  const { clock, run, sent } = setUp('obedient', { startupTimeout: 60_000 })
  const running = run()
  await clock.advance(59_999)
  expect(sent()).toEqual([])
  await clock.advance(1)
  expect(sent()[0]).toBe('SIGTERM -5000')
  await clock.advance(windDown.deadlineGrace)
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
  const { clock, processes, run } = setUp('obedient', { startupTimeout })
  const running = run()
  await settle()
  if (says !== '') processes.last.stdout.write(says)
  await clock.advance(3_600_000)
  processes.last.exit(0)
  expect((await running).stop).toBeUndefined()
})

test('asks at the deadline and gives the agent its grace', async () => {
  const { clock, processes, run, sent } = setUp('deaf', { timeoutAt: 600_000 })
  const running = run()
  await clock.advance(600_000)
  expect(sent()).toEqual(['SIGTERM -5000'])
  await clock.advance(29_999)
  processes.last.exit(0)
  await clock.advance(10_000)
  expect(await running).toMatchObject({
    stop: { kind: 'deadline' },
    exit: { kind: 'code', code: 0 },
    killed: [],
  })
})

test('kills at the end of the grace', async () => {
  const { clock, processes, run } = setUp('deaf', { timeoutAt: 600_000 })
  const running = run()
  await clock.advance(629_999)
  expect(processes.table.has(5000)).toBe(true)
  await clock.advance(1)
  expect(processes.table.has(5000)).toBe(false)
  await clock.advance(1000)
  expect(await running).toMatchObject({
    stop: { kind: 'deadline' },
    exit: { kind: 'signal', signal: 'SIGKILL' },
  })
})

test('counts the deadline from the start of the step, not of the agent', async () => {
  const { clock, run, sent } = setUp('obedient', { timeoutAt: 600_000 })
  await clock.advance(400_000)
  const running = run()
  await clock.advance(200_000)
  expect(sent()[0]).toBe('SIGTERM -5000')
  await clock.advance(1000)
  expect((await running).stop).toEqual({ kind: 'deadline' })
})

test('starts nothing when the deadline has passed', async () => {
  const { clock, processes, run } = setUp('obedient', { timeoutAt: 1000 })
  await clock.advance(1000)
  expect(await run()).toMatchObject({ exit: undefined, stop: { kind: 'deadline' } })
  expect(processes.started).toEqual([])
})

test('forgets the deadline once the agent has ended by itself', async () => {
  const { clock, processes, run } = setUp('obedient', { timeoutAt: 1000 })
  const running = run()
  await clock.advance(900)
  processes.last.exit(0, 'held')
  await clock.advance(10_000)
  expect(await running).toMatchObject({ stop: undefined, released: true })
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  'a first %s asks, whatever the agent then returns',
  async (signal) => {
    const { clock, stop, run, sent } = setUp()
    const running = run()
    await clock.advance(1000)
    stop.send(signal)
    await clock.advance(100)
    expect(sent()[0]).toBe('SIGTERM -5000')
    expect(await running).toMatchObject({
      stop: { kind: 'cancelled', signal },
      exit: { kind: 'code', code: 0 },
    })
  },
)

test('kills a cancelled agent that does not end within the grace of the platform', async () => {
  const { clock, processes, stop, run } = setUp('deaf')
  const running = run()
  await settle()
  stop.send('SIGINT')
  await clock.advance(4999)
  expect(processes.table.has(5000)).toBe(true)
  await clock.advance(1)
  expect(processes.table.has(5000)).toBe(false)
  await clock.advance(1000)
  expect(await running).toMatchObject({ exit: { kind: 'signal', signal: 'SIGKILL' } })
})

test('a second signal ends the patience at once, and the first one stays the cause', async () => {
  const { clock, processes, stop, run } = setUp('deaf')
  const running = run()
  await settle()
  stop.send('SIGINT')
  await clock.advance(10)
  stop.send('SIGTERM')
  await clock.advance(0)
  expect(processes.table.has(5000)).toBe(false)
  await clock.advance(1000)
  expect((await running).stop).toEqual({ kind: 'cancelled', signal: 'SIGINT' })
})

test('a cancel during the wind-down of the deadline shortens it, and the deadline stays the cause', async () => {
  const { clock, processes, stop, run } = setUp('deaf', { timeoutAt: 1000 })
  const running = run()
  await clock.advance(2000)
  stop.send('SIGTERM')
  await clock.advance(4999)
  expect(processes.table.has(5000)).toBe(true)
  await clock.advance(1)
  expect(processes.table.has(5000)).toBe(false)
  await clock.advance(1000)
  expect((await running).stop).toEqual({ kind: 'deadline' })
})

test('starts nothing when the job was ended before', async () => {
  const { processes, stop, run } = setUp()
  stop.send('SIGINT')
  expect(await run()).toMatchObject({ exit: undefined, stop: { kind: 'cancelled', signal: 'SIGINT' } })
  expect(processes.started).toEqual([])
})

test('stops an agent whose job was ended while it was being started', async () => {
  const { clock, processes, stop, run, sent } = setUp()
  processes.starting = () => stop.send('SIGINT')
  const running = run()
  await clock.advance(1000)
  expect(sent()[0]).toBe('SIGTERM -5000')
  expect((await running).stop).toEqual({ kind: 'cancelled', signal: 'SIGINT' })
})

test('two signals while it is being started kill without asking', async () => {
  const { clock, processes, stop, run, sent } = setUp('deaf')
  processes.starting = () => {
    stop.send('SIGINT')
    stop.send('SIGTERM')
  }
  const running = run()
  await clock.advance(1000)
  expect(sent()[0]).toBe('SIGKILL -5000')
  expect(await running).toMatchObject({ exit: { kind: 'signal', signal: 'SIGKILL' } })
})

test('a signal after the agent has ended, but before the run is over, counts as a cancel', async () => {
  const { clock, processes, stop, run } = setUp()
  const running = run()
  await settle()
  processes.last.exit(0, 'held')
  await clock.advance(100)
  stop.send('SIGTERM')
  await clock.advance(3000)
  expect(await running).toMatchObject({
    exit: { kind: 'code', code: 0 },
    stop: { kind: 'cancelled', signal: 'SIGTERM' },
  })
})

test('waits for a slow log and loses nothing that was said before the end', async () => {
  const said: string[] = []
  const { clock, processes, run } = setUp('obedient', {
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

test('does not wait for a log that takes nothing more once the job is cancelled', async () => {
  const { clock, processes, stop, run } = setUp('obedient', { onStdout: () => new Promise(() => {}) })
  const running = run()
  await settle()
  processes.last.stdout.write('word')
  await clock.advance(1000)
  stop.send('SIGINT')
  await clock.advance(5000)
  expect(await running).toMatchObject({ released: true })
})

test('gives up a pipe that a stranger goes on writing to', async () => {
  const { clock, processes, run } = setUp()
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
  const { clock, processes, run } = setUp()
  const running = run()
  await settle()
  processes.table.set(6000, { pid: 6000, parent: 1, group: 5000, nature: 'deaf' })
  processes.last.exit(0)
  await clock.advance(10_000)
  expect(await running).toMatchObject({ exit: { kind: 'code', code: 0 }, stop: undefined, killed: [6000] })
})

test('tells what no signal could end', async () => {
  const { clock, run, stop } = setUp('unkillable')
  const running = run()
  await settle()
  stop.send('SIGINT')
  await clock.advance(60_000)
  expect(await running).toMatchObject({ exit: undefined, killed: [], left: [5000], released: true })
})

test('ends the run before it passes on what a callback threw', async () => {
  const bug = new TypeError('a bug')
  const { clock, processes, run } = setUp('deaf', {
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
  const { processes, stop, run } = setUp()
  processes.starting = () => Promise.reject(refusal)
  await expect(run()).rejects.toBe(refusal)
  expect(stop.listening).toBe(0)
})
