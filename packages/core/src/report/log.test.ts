import { describe, expect, it } from 'vitest'
import { createRedactor } from '../auth/redactor.ts'
import { settle } from '../testing/fakes.ts'
import { PlainLogFormat } from '../testing/staged-run.ts'
import { createLogWriter, type LogWriterOptions } from './log.ts'

function scene(options: Partial<LogWriterOptions> = {}) {
  const writes: string[] = []
  const log = createLogWriter({
    format: new PlainLogFormat(),
    sink: { write: (text) => void writes.push(text) },
    redactor: createRedactor(['wk-secret-1']),
    budgetBytes: 1000,
    transcriptFile: 'out/transcript.ndjson',
    ...options,
  })
  return { log, writes, text: () => writes.join('') }
}

describe('the log writer', () => {
  it('writes what was given since the last drain at once', async () => {
    const { log, writes } = scene()
    log.event({ type: 'agent', text: 'a' })
    log.plain('b')
    log.stderr('c')
    await log.drain()
    await log.drain()
    await log.end()
    expect(writes).toEqual(['say: a\nbody: b\nbody: c\n'])
  })

  it('sends our own words as they are said, after what was written before', async () => {
    const { log, writes } = scene()
    log.plain('a')
    log.note('info', 'Downloading the CLI')
    await settle()
    expect(writes).toEqual(['body: a\ninfo: Downloading the CLI\n'])
    log.note('warning', 'slow')
    await settle()
    expect(writes).toEqual(['body: a\ninfo: Downloading the CLI\n', 'warning: slow\n'])
  })

  it('shows a heartbeat outside of the open group, whose result then gets a group of its own', async () => {
    const { log, text } = scene({ budgetBytes: 60 })
    log.event({ type: 'tool_call', tool: 'run_command', input: { command: 'make' } })
    log.heartbeat('No output for 1m; running 1m.')
    log.heartbeat('No output for 2m; running 2m.')
    log.event({ type: 'tool_error', tool: 'run_command', error: 'no rule' })
    log.heartbeat('No output for 1m; running 4m.')
    await log.end()
    expect(text().split('\n')).toEqual([
      'open: Run: make',
      'close',
      'info: No output for 1m; running 1m.',
      'info: No output for 2m; running 2m.',
      'open: Result of Run: make',
      'body: no rule',
      'close: failed',
      expect.stringMatching(/^notice: The log is cut here/),
      'info: No output for 1m; running 4m.',
      '',
    ])
  })

  it('waits for a slow sink, and keeps the order', async () => {
    const order: string[] = []
    const { promise: slow, resolve: release } = Promise.withResolvers<void>()
    const write = (text: string) => {
      order.push(text.trim())
      return order.length === 1 ? slow : undefined
    }
    const { log } = scene({ sink: { write } })
    log.plain('one')
    const first = log.drain()
    log.plain('two')
    const second = log.drain()
    let drained = false
    void first.then(() => {
      drained = true
    })
    await new Promise(setImmediate)
    expect({ order, drained }).toEqual({ order: ['body: one'], drained: false })
    release()
    await second
    expect({ order, drained }).toEqual({ order: ['body: one', 'body: two'], drained: true })
  })

  it('tells whoever drains that the sink failed', async () => {
    const { log } = scene({ sink: { write: () => Promise.reject(new Error('no space')) } })
    log.plain('a')
    await expect(log.drain()).rejects.toThrow('no space')
  })

  it('hides a key that escape sequences had torn apart', async () => {
    const { log, text } = scene()
    log.event({ type: 'agent', text: 'wk-sec\x1b[0mret-1' })
    log.note('error', 'wk-secret-1', 'wk-secret-1')
    log.link('wk-secret-1', 'https://example.com/?k=wk-secret-1')
    await log.end()
    expect(text()).toBe('say: ***\nerror: ***: ***\nlink: *** https://example.com/?k=***\n')
  })

  it('cuts at the budget with one notice, and still says our words, the links and the last message', async () => {
    const { log, text } = scene({ budgetBytes: 40 })
    log.event({ type: 'tool_call', tool: 'run_command', input: { command: 'a command of some length' } })
    log.event({ type: 'tool_call', tool: 'run_command', input: { command: 'b' } })
    log.plain('never shown')
    log.event({ type: 'agent', text: 'not the last' })
    log.event({ type: 'artifact_created', artifact: { type: 'pull_request', url: 'https://example.com/1' } })
    log.note('warning', 'careful')
    log.event({ type: 'agent', text: 'the end' })
    await log.end()
    expect(text().split('\n')).toEqual([
      'open: Run: a command of some length',
      'close',
      'open: Run: b',
      'close',
      "notice: The log is cut here: The agent's output is longer than this log may be (40 bytes). All of it is in out/transcript.ndjson",
      'link: pull request https://example.com/1',
      'warning: careful',
      'say: the end',
      '',
    ])
  })

  it('bounds the last message after the cut', async () => {
    const { log, text } = scene({ budgetBytes: 1 })
    log.plain('x')
    log.event({ type: 'agent', text: 'y'.repeat(100_000) })
    await log.end()
    expect(text()).toContain('[34464 more characters in the transcript]')
  })

  it('spends the budget on a single overlong message only once', async () => {
    const { log, text } = scene({ budgetBytes: 1000 })
    log.event({ type: 'agent', text: `${'word '.repeat(500_000)}` })
    await log.end()
    expect(text().length).toBeLessThan(300_000)
  })
})
