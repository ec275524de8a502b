import { expect, test } from 'vitest'
import { createNodeClock } from './ports.ts'
import { runProcess } from './start-process.ts'

const clock = createNodeClock()

test('an aborted sleep ends at once and without an error', async () => {
  const abort = new AbortController()
  const sleeping = clock.sleep(3_600_000, abort.signal)
  abort.abort()
  await sleeping
  await clock.sleep(3_600_000, abort.signal)
})

test('calls back later, or not at all when that is taken back', async () => {
  const called: string[] = []
  const cancel = clock.after(1, () => called.push('cancelled'))
  cancel()
  await new Promise<void>((resolve) => {
    clock.after(5, () => {
      called.push('called')
      resolve()
    })
  })
  expect(called).toEqual(['called'])
})

test('neither a waiting callback nor one beyond what a timer can hold keeps a process alive or fires early', async () => {
  const source = new URL('ports.ts', import.meta.url).pathname
  const script = `
    import { createNodeClock } from ${JSON.stringify(source)}
    const clock = createNodeClock()
    clock.after(3_600_000, () => console.log('called'))
    clock.after(2 ** 31 + 5, () => console.log('called'))
    await clock.sleep(20)`
  const env = { PATH: process.env.PATH }
  const args = ['--input-type=module', '-e', script]
  const run = await runProcess({ file: process.execPath, args, env }, { timeout: 20_000 })
  expect(run).toMatchObject({ exit: { code: 0 }, stdout: '', stderr: '' })
})

test('durations only grow, and time stamps are those of the world', () => {
  const before = clock.elapsed()
  expect(clock.elapsed()).toBeGreaterThanOrEqual(before)
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000)
})
