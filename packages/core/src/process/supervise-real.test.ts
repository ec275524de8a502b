import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { WindDown } from '../ci.ts'
import { createNodeClock, createNodeProcesses, readMachine } from '../node/ports.ts'
import { FakeStopSignals } from '../testing/index.ts'
import { createStop } from './stop.ts'
import { type Supervision, supervise } from './supervise.ts'

const clock = createNodeClock()
const processes = createNodeProcesses()
const machine = readMachine()
const linux = process.platform === 'linux'
const strays: number[] = []

afterEach(() => {
  for (const pid of strays.splice(0)) processes.signal(pid, 'SIGKILL')
})

type OnText = (text: string, stop: FakeStopSignals) => void

const PATIENT = { cancelGrace: 20_000, deadlineGrace: 20_000 }

interface Script {
  readonly sh?: string
  readonly node?: string
  readonly onText?: OnText
  readonly windDown?: WindDown
  readonly request?: Partial<Supervision>
}

/** Runs a real program; `onText` sees all of its output so far, at each chunk. */
async function play({ sh, node, onText, windDown = PATIENT, request }: Script) {
  const stop = new FakeStopSignals()
  let text = ''
  let bytes = 0
  const end = await supervise(
    {
      command: {
        file: sh === undefined ? process.execPath : '/bin/sh',
        args: sh === undefined ? ['-e', node ?? ''] : ['-c', sh],
        env: { PATH: process.env.PATH },
      },
      startupTimeout: 0,
      marker: `test-${Math.random()}`,
      onStdout(chunk) {
        bytes += chunk.length
        if (bytes < 100_000) text += new TextDecoder().decode(chunk)
        onText?.(text, stop)
      },
      onStderr() {},
      isAlive: () => text !== '',
      ...request,
    },
    createStop(windDown, { clock, stop }),
    { clock, processes, machine },
  )
  return { end, text, bytes, alive: await aliveOf(text) }
}

/** Which of the processes that a script named as `pid=…` still run. */
async function aliveOf(text: string): Promise<number[]> {
  const named = [...text.matchAll(/pid=(\d+)/g)].map(([, pid]) => Number(pid))
  const all = await Promise.all(named.map(async (pid) => ((await processes.startTime(pid)) ? [pid] : [])))
  return all.flat()
}

const once = (word: string, act: (stop: FakeStopSignals) => void): OnText => {
  let done = false
  return (text, stop) => {
    if (done || !text.includes(word)) return
    done = true
    act(stop)
  }
}
const cancel = (stop: FakeStopSignals): void => stop.send('SIGTERM')

const LOOP = 'while :; do sleep 0.05; done'

test('an agent that winds down and exits with 0 when it is cancelled says its last words', async () => {
  const sh = `trap 'echo bye; exit 0' TERM; echo ready pid=$$; ${LOOP}`
  const { end, text, alive } = await play({ sh, onText: once('ready', cancel) })
  expect(end).toMatchObject({
    exit: { kind: 'code', code: 0 },
    stop: { kind: 'cancelled', signal: 'SIGTERM' },
    released: false,
  })
  expect(text).toContain('bye')
  expect(alive).toEqual([])
})

test('an agent that ignores SIGTERM is killed with its children after the grace', async () => {
  const sh = `trap '' TERM; sleep 1000 & echo pid=$! pid=$$ ready; ${LOOP}`
  const windDown = { cancelGrace: 200, deadlineGrace: 200 }
  const { end, alive } = await play({ sh, windDown, onText: once('ready', cancel) })
  expect(end.exit).toEqual({ kind: 'signal', signal: 'SIGKILL' })
  expect(alive).toEqual([])
})

test('a second signal does not wait for the grace', async () => {
  const sh = `trap 'echo deaf' TERM; echo pid=$$ ready; ${LOOP}`
  const cancelTwice = once('deaf', (stop) => stop.send('SIGINT'))
  const { end, alive } = await play({
    sh,
    onText: (text, stop) => {
      if (text.endsWith('ready\n')) cancel(stop)
      cancelTwice(text, stop)
    },
  })
  expect(end).toMatchObject({ exit: { kind: 'signal', signal: 'SIGKILL' }, stop: { signal: 'SIGTERM' } })
  expect(alive).toEqual([])
})

test.each([
  { name: 'in the same group holds the pipes', sh: 'sleep 1000 & echo pid=$!' },
  { name: 'in the same group has closed the pipes', sh: 'sleep 1000 >/dev/null 2>&1 & echo pid=$!' },
  { name: 'ignores SIGTERM', sh: `(trap '' TERM; ${LOOP}) & echo pid=$!` },
  { name: 'lost its environment', sh: 'env -i /bin/sleep 1000 & echo pid=$!' },
])('a child that outlives the agent ends with it: it $name', async ({ sh }) => {
  const { end, alive } = await play({ sh })
  expect(end).toMatchObject({ exit: { kind: 'code', code: 0 }, stop: undefined, released: false, left: [] })
  expect(alive).toEqual([])
})

test.runIf(linux).each([
  { name: 'in a session of its own', sh: 'setsid sleep 1000 & echo pid=$!' },
  { name: 'in a session of its own, forked twice', sh: `(setsid sh -c 'echo pid=$$; exec sleep 1000' &)` },
  {
    name: 'without pipes, forked twice',
    sh: `(setsid sh -c 'echo pid=$$; exec sleep 1000 >/dev/null 2>&1' & )`,
  },
  { name: 'that is itself a parent', sh: `setsid sh -c 'sleep 1000 & echo pid=$! pid=$$; wait' &` },
])('a daemon that left the group is found by its marker: $name', async ({ sh }) => {
  const { end, alive, text } = await play({ sh })
  expect(text).toMatch(/pid=\d/)
  expect(end).toMatchObject({ exit: { kind: 'code', code: 0 }, left: [], released: false })
  expect(alive).toEqual([])
})

test('a cancelled agent that starts more children instead of ending leaves none', async () => {
  const sh = `trap 'sleep 1000 & sleep 1000 & echo pid=$!' TERM; echo pid=$$ ready; ${LOOP}`
  const windDown = { cancelGrace: 300, deadlineGrace: 300 }
  const { end, alive } = await play({ sh, windDown, onText: once('ready', cancel) })
  expect(end.left).toEqual([])
  expect(alive).toEqual([])
})

test.runIf(linux)('a pipe that a process out of sight holds open does not keep the step', async () => {
  // A session of its own, no marker, no parent: nothing ties it to the run.
  const sh = `setsid env -i /bin/sh -c 'echo pid=$$; exec /bin/sleep 1000' &`
  const { end, alive } = await play({ sh })
  strays.push(...alive)
  expect(end).toMatchObject({ exit: { kind: 'code', code: 0 }, released: true })
})

const flood = `
const chunk = Buffer.alloc(65536, 'x')
let left = 20_000_000
while (left > 0) left -= require('node:fs').writeSync(1, chunk, 0, Math.min(left, chunk.length))
process.kill(process.pid, 'SIGKILL')`

test('20 MB that were written right before the end all arrive', async () => {
  const { end, bytes } = await play({ node: flood })
  expect(bytes).toBe(20_000_000)
  expect(end.exit).toEqual({ kind: 'signal', signal: 'SIGKILL' })
})

test('a reader that pauses at every chunk gets all bytes, in order, without more memory', async () => {
  let bytes = 0
  let chunks = 0
  const { end } = await play({
    node: flood,
    request: {
      async onStdout(chunk) {
        bytes += chunk.length
        if (chunks++ % 20 === 0) await new Promise((resolve) => setImmediate(resolve))
      },
    },
  })
  expect(bytes).toBe(20_000_000)
  expect(end.released).toBe(false)
})

test('an agent that hangs at its start is stopped', async () => {
  const { end } = await play({ sh: 'exec sleep 1000', request: { startupTimeout: 100 } })
  expect(end).toMatchObject({
    stop: { kind: 'startup-timeout' },
    exit: { kind: 'signal', signal: 'SIGTERM' },
  })
})

test.each(['SIGSEGV', 'SIGKILL', 'SIGABRT'] as const)(
  'a crash by %s is told as that signal',
  async (signal) => {
    const { end } = await play({ sh: `ulimit -c 0; echo hi; kill -${signal.slice(3)} $$` })
    expect(end).toMatchObject({ exit: { kind: 'signal', signal }, stop: undefined, killed: [] })
  },
)

test('an agent that ends while it is being cancelled is cancelled', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { end } = await play({ sh: 'echo done', onText: once('done', cancel) })
    expect(end.stop).toEqual({ kind: 'cancelled', signal: 'SIGTERM' })
    expect(end).toMatchObject({ left: [], released: false })
  }
})

test.each([
  { phase: 'right after the start', word: '' },
  { phase: 'at its first word', word: 'one' },
  { phase: 'in the middle', word: 'two' },
])('a cancel $phase leaves no process', async ({ word }) => {
  const folder = await mkdtemp(join(tmpdir(), 'supervise-'))
  const stop = new FakeStopSignals()
  const pidFile = join(folder, 'pids')
  const sh = `echo pid=$$ > ${pidFile}; sleep 1000 & echo pid=$! >> ${pidFile}; echo one; echo two; wait`
  const end = await supervise(
    {
      command: { file: '/bin/sh', args: ['-c', sh], env: { PATH: process.env.PATH } },
      startupTimeout: 0,
      marker: `test-${Math.random()}`,
      onStarted: () => {
        if (word === '') stop.send('SIGINT')
      },
      onStdout(chunk) {
        if (word !== '' && new TextDecoder().decode(chunk).includes(word)) stop.send('SIGINT')
      },
      onStderr() {},
      isAlive: () => true,
    },
    createStop({ cancelGrace: 5000, deadlineGrace: 5000 }, { clock, stop }),
    { clock, processes, machine },
  )
  expect(end).toMatchObject({ stop: { kind: 'cancelled', signal: 'SIGINT' }, left: [] })
  const pids = await readFile(pidFile, 'utf8').catch(() => '')
  expect(await aliveOf(pids)).toEqual([])
  await rm(folder, { recursive: true })
})
