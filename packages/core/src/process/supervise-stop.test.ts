import { expect, test } from 'vitest'
import { settle, stageRun } from '../testing/index.ts'

test('asks at the deadline and gives the agent its grace', async () => {
  const { clock, processes, run, sent } = stageRun('deaf', { timeoutAt: 600_000 })
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
  const { clock, processes, run } = stageRun('deaf', { timeoutAt: 600_000 })
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
  const { clock, run, sent } = stageRun('obedient', { timeoutAt: 600_000 })
  await clock.advance(400_000)
  const running = run()
  await clock.advance(200_000)
  expect(sent()[0]).toBe('SIGTERM -5000')
  await clock.advance(1000)
  expect((await running).stop).toEqual({ kind: 'deadline' })
})

test('starts nothing when the deadline has passed', async () => {
  const { clock, processes, run } = stageRun('obedient', { timeoutAt: 1000 })
  await clock.advance(1000)
  expect(await run()).toMatchObject({ exit: undefined, stop: { kind: 'deadline' } })
  expect(processes.started).toEqual([])
})

test('forgets the deadline once the agent has ended by itself', async () => {
  const { clock, processes, run } = stageRun('obedient', { timeoutAt: 1000 })
  const running = run()
  await clock.advance(900)
  processes.last.exit(0, 'held')
  await clock.advance(10_000)
  expect(await running).toMatchObject({ stop: undefined, released: true })
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  'a first %s asks, whatever the agent then returns',
  async (signal) => {
    const { clock, stop, run, sent } = stageRun()
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
  const { clock, processes, stop, run } = stageRun('deaf')
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
  const { clock, processes, stop, run } = stageRun('deaf')
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
  const { clock, processes, stop, run } = stageRun('deaf', { timeoutAt: 1000 })
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
  const { processes, stop, run } = stageRun()
  stop.send('SIGINT')
  expect(await run()).toMatchObject({ exit: undefined, stop: { kind: 'cancelled', signal: 'SIGINT' } })
  expect(processes.started).toEqual([])
})

test('stops an agent whose job was ended while it was being started', async () => {
  const { clock, processes, stop, run, sent } = stageRun()
  processes.starting = () => stop.send('SIGINT')
  const running = run()
  await clock.advance(1000)
  expect(sent()[0]).toBe('SIGTERM -5000')
  expect((await running).stop).toEqual({ kind: 'cancelled', signal: 'SIGINT' })
})

test('two signals while it is being started kill without asking', async () => {
  const { clock, processes, stop, run, sent } = stageRun('deaf')
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
  const { clock, processes, stop, run } = stageRun()
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

test('does not wait for a log that takes nothing more once the job is cancelled', async () => {
  const { clock, processes, stop, run } = stageRun('obedient', { onStdout: () => new Promise(() => {}) })
  const running = run()
  await settle()
  processes.last.stdout.write('word')
  await clock.advance(1000)
  stop.send('SIGINT')
  await clock.advance(5000)
  expect(await running).toMatchObject({ released: true })
})
