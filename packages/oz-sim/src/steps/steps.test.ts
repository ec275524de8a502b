import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { alive, KEY, OzFixture } from '../testing/oz-fixture.ts'
import type { ScriptStep } from './registry.ts'

const silent = (...steps: ScriptStep[]) => OzFixture.create({ start: 'silent', steps })

describe('steps', () => {
  it('runs commands in the working folder and reports how they ended', async () => {
    await using oz = await silent(
      { run: 'echo out; echo err >&2; exit 7' },
      { run: { command: 'true', running: true } },
    )
    const { events } = await oz.agent()
    expect(events).toMatchObject([
      { type: 'tool_call', tool: 'run_command', command: 'echo out; echo err >&2; exit 7' },
      { type: 'tool_result', status: 'complete', exit_code: 7, output: 'out\nerr\n' },
      { type: 'tool_call' },
      { type: 'tool_result', tool: 'run_command', status: 'running' },
      { type: 'tool_result', status: 'complete', exit_code: 0, output: '' },
    ])
  })

  it('creates, changes and deletes files and reports the diff', async () => {
    await using oz = await silent(
      { edit: { path: 'a.txt', content: 'one\ntwo\n' } },
      { edit: { path: 'a.txt', find: 'two', replace: '$& three' } },
      { edit: { path: 'a.txt', find: 'nowhere', replace: '' } },
      { edit: { path: 'b.txt', content: 'x' } },
      { edit: { path: 'b.txt', delete: true } },
    )
    const { events } = await oz.agent()
    expect(oz.file('a.txt')).toBe('one\n$& three\n')
    expect(() => oz.file('b.txt')).toThrow()
    expect(events.filter(({ type }) => type !== 'tool_call')).toMatchObject([
      { tool: 'edit_files', diff: '--- /dev/null\n+++ b/a.txt\n@@ -0,0 +1,2 @@\n+one\n+two\n' },
      { tool: 'edit_files', diff: expect.stringContaining('-two\n+$& three\n') },
      { type: 'tool_error', error: expect.stringContaining('a.txt') },
      { tool: 'edit_files' },
      { tool: 'edit_files', diff: expect.stringContaining('+++ /dev/null') },
    ])
  })

  it('splits a line inside its characters without changing a byte', async () => {
    await using oz = await silent({ split: { text: 'é👩‍💻', every: 1, pause: '0' } })
    expect((await oz.agent()).events).toEqual([{ type: 'agent', text: 'é👩‍💻' }])
  })

  it('prints bytes that are no UTF-8, and text as it stands', async () => {
    await using oz = await silent(
      { bytes: { hex: 'ff00', repeat: 2 } },
      { print: { text: '::error::x', newline: false } },
    )
    expect((await oz.agent()).stdout.toString('latin1')).toBe('\xff\0\xff\0::error::x')
  })

  it('floods with whole events', async () => {
    await using oz = await silent({ flood: { megabytes: 3, line_bytes: 5000 } })
    const { stdout, events } = await oz.agent()
    expect(stdout.length).toBeGreaterThanOrEqual(3 * 2 ** 20)
    expect(stdout.length).toBeLessThan(3.1 * 2 ** 20)
    expect(events.length).toBe(stdout.filter((byte) => byte === 10).length)
  })

  it('says a message of many megabytes on one line', async () => {
    await using oz = await silent({ giant_line: 3 })
    const { events } = await oz.agent()
    expect(events.map(({ text }) => String(text).length)).toEqual([3 * 2 ** 20])
  })

  it('leaves out the last newline', async () => {
    await using oz = await silent({ message: { text: 'x', newline: false } })
    expect((await oz.agent()).stdout.toString()).toBe('{"type":"agent","text":"x"}')
  })

  it('dies of the signal', async () => {
    await using oz = await silent({ crash: 'SIGSEGV' })
    expect(await oz.agent()).toMatchObject({ signal: 'SIGSEGV' })
    expect(oz.calls()).toMatchObject([{ end: { exit: { signal: 'SIGSEGV' } } }])
  })

  it('exits with the status, without another word', async () => {
    await using oz = await silent(
      { print: { text: 'why', to: 'stderr' } },
      { exit: 41 },
      { message: 'never' },
    )
    expect(await oz.agent()).toMatchObject({ exitCode: 41, stderr: 'why\n', events: [] })
  })

  it('leaks the key in every form', async () => {
    await using oz = await silent({ leak: {} })
    const { stdout, stderr } = await oz.agent()
    const text = stdout.toString()
    const forms = [
      KEY,
      Buffer.from(KEY).toString('base64'),
      encodeURIComponent(KEY),
      Buffer.from(KEY).toString('hex'),
    ]
    expect(forms.filter((form) => !text.includes(form))).toEqual([])
    expect(stderr).toBe(`key=${KEY}\n`)
  })

  it('dumps its environment and arguments', async () => {
    await using oz = await silent({ dump: { to: 'file' } }, { dump: { to: 'message' } })
    const { events } = await oz.agent('secret plan')
    const dump = JSON.parse(oz.file('oz-sim-dump.json'))
    expect(dump).toEqual(JSON.parse(String(events[0]?.text)))
    expect(dump).toMatchObject({ env: { WARP_API_KEY: KEY }, cwd: oz.work })
    expect(dump.argv).toContain('--prompt=secret plan')
  })

  it('tells a closed stdin from one that holds text', async () => {
    await using oz = await silent({ stdin: { within: '10s' } })
    const answer = (text: unknown) => JSON.parse(String(text))
    expect(answer((await oz.agent()).events[0]?.text)).toEqual({
      stdin: 'null-device',
      bytes: 0,
      ended: true,
    })
  })

  it.each([true, false])('leaves a process behind (detached: %s)', async (detached) => {
    await using oz = await silent({ spawn: { detached, pid_file: 'pid', for: '1m' } }, { message: 'done' })
    await oz.agent()
    const pid = Number(oz.file('pid'))
    expect(alive(pid)).toBe(true)
    // The group of a process, field 5 of its stat (proc(5)): its own when it is detached.
    const group = Number(
      readFileSync(join('/proc', `${pid}`, 'stat'), 'utf8')
        .split(') ')[1]
        ?.split(' ')[2],
    )
    expect(group === pid).toBe(detached)
    process.kill(pid, 'SIGKILL')
  })
})
