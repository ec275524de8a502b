import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { resultSchema } from '@oz-agent/core'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { jobWith } from './support.ts'

/** Waits for a fact that can be seen from outside; nothing sleeps for a fixed time. */
const until = (fact: () => unknown) =>
  vi.waitFor(() => expect(fact()).toBeTruthy(), { timeout: 20_000, interval: 20 })

/** Processes that carry the mark of a run below this folder in their environment. */
function processesOf(folder: string): string[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`${folder}/`)
      } catch {
        return false
      }
    })
}

describe.runIf(process.platform === 'linux')('a cancelled job', () => {
  let job: Awaited<ReturnType<typeof jobWith>>
  afterEach(() => job.runner.remove())

  /** What a killed or ended step must have left, whichever way it went. */
  async function expectClean(outcome: string, closings: number): Promise<void> {
    const { runner } = job
    expect(processesOf(runner.root)).toEqual([])
    const folders = readdirSync(runner.temp)
    for (const folder of folders) {
      const result = resultSchema.parse(
        JSON.parse(readFileSync(join(runner.temp, folder, 'result.json'), 'utf8')),
      )
      expect(result.outcome).toBe(outcome)
      expect(existsSync(join(runner.temp, folder, 'private'))).toBe(false)
    }
    expect(await job.closings()).toHaveLength(closings)
  }

  const transcript = () => {
    const [folder = ''] = readdirSync(job.runner.temp)
    const file = join(job.runner.temp, folder, 'transcript.ndjson')
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  }

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s while the agent, which then exits with 0, works', async (signal, exitCode) => {
    job = await jobWith('sigterm-exit-0')
    const step = job.runner.start('run', job.inputs)
    await until(() => transcript().includes('"agent"'))
    step.kill(signal)
    const end = await step.ended
    expect(end.exitCode, end.log).toBe(exitCode)
    expect(job.runner.outputs()).toMatchObject({ outcome: 'cancelled', exit_code: String(exitCode) })
    expect(end.log).toContain('Stopping as asked.')
    await expectClean('cancelled', 1)
    const post = await job.runner.start('post', job.inputs).ended
    expect(post.exitCode, post.log).toBe(0)
    await expectClean('cancelled', 1)
  })

  test('whose agent ignores the signal: killed with all its children', async () => {
    job = await jobWith({
      on_sigterm: 'ignore',
      on_sigint: 'ignore',
      steps: [
        { spawn: { detached: true, ignores_sigterm: true, holds_stdout: true, for: '5m' } },
        { spawn: { ignores_sigterm: true, for: '5m' } },
        { message: 'Children are out.' },
        { hang: {} },
      ],
    })
    const step = job.runner.start('run', job.inputs)
    await until(() => transcript().includes('Children are out.'))
    step.kill('SIGINT')
    const end = await step.ended
    expect(end.exitCode, end.log).toBe(130)
    await expectClean('cancelled', 1)
  })

  test('that hurries us by a second signal', async () => {
    job = await jobWith('ignore-sigterm')
    const step = job.runner.start('run', job.inputs)
    await until(() => transcript().includes('"agent"'))
    step.kill('SIGINT')
    step.kill('SIGTERM')
    const end = await step.ended
    // The system may deliver two signals of one moment in either order.
    expect([130, 143], end.log).toContain(end.exitCode)
    expect(job.runner.outputs()).toMatchObject({ outcome: 'cancelled', exit_code: String(end.exitCode) })
    await expectClean('cancelled', 1)
  })

  test('while Node still loads the program', async () => {
    job = await jobWith({ steps: [{ message: 'too late' }] })
    // The signal is sent by the program's own first lines: no clock outside could hit that moment.
    const early = join(job.runner.root, 'early.mjs')
    writeFileSync(
      early,
      `import { registerHooks } from 'node:module'
registerHooks({ load(url, context, next) {
  if (url.endsWith('/run/dist/index.js')) process.kill(process.pid, 'SIGINT')
  return next(url, context)
} })`,
    )
    const step = job.runner.start('run', job.inputs, { NODE_OPTIONS: `--import=${early}` })
    const end = await step.ended
    expect(end.exitCode, end.log).toBe(130)
    expect(job.runner.outputs()).toMatchObject({ outcome: 'cancelled', exit_code: '130' })
    expect(await job.agentRuns()).toEqual([])
  })

  test('before the agent starts', async () => {
    job = await jobWith({ version: { delay: '20s' }, steps: [{ message: 'too late' }] })
    const step = job.runner.start('run', job.inputs)
    // The folder of the step is remembered right before the CLI is looked for.
    await until(() => job.runner.values('state').oz_agent_folder)
    step.kill('SIGINT')
    const end = await step.ended
    expect(end.exitCode, end.log).toBe(130)
    expect(job.runner.outputs()).toMatchObject({ outcome: 'cancelled' })
    expect(end.log).toMatch(/before the agent was started/)
    expect(await job.agentRuns()).toEqual([])
  })

  test('while the agent starts and has said nothing yet', async () => {
    job = await jobWith('hang-start')
    const step = job.runner.start('run', job.inputs)
    await until(
      () =>
        existsSync(join(job.oz.record, 'calls.ndjson')) &&
        readFileSync(join(job.oz.record, 'calls.ndjson'), 'utf8').includes('"agent"'),
    )
    step.kill('SIGINT')
    const end = await step.ended
    expect(end.exitCode, end.log).toBe(130)
    await expectClean('cancelled', 0)
  })

  test('while results are written: what the agent had reached counts', async () => {
    job = await jobWith({ report_shutdown: { delay: '3s' }, steps: [{ message: 'done' }] })
    const step = job.runner.start('run', job.inputs)
    // result.json stands before the run is reported as over, which takes its time here.
    await until(() =>
      readdirSync(job.runner.temp).some((folder) => existsSync(join(job.runner.temp, folder, 'result.json'))),
    )
    step.kill('SIGINT')
    const end = await step.ended
    expect(end.exitCode, end.log).toBe(0)
    await expectClean('succeeded', 1)
  })

  test('whose step is killed outright: the post step finishes for it', async () => {
    job = await jobWith({
      on_sigterm: 'ignore',
      steps: [
        { message: 'Half of the work is done.' },
        { spawn: { detached: true, ignores_sigterm: true, for: '5m' } },
        { message: 'A child is out.' },
        { hang: {} },
      ],
    })
    const step = job.runner.start('run', job.inputs)
    await until(() => transcript().includes('A child is out.'))
    step.kill('SIGKILL')
    await step.ended
    expect(processesOf(job.runner.root).length).toBeGreaterThan(0)
    const post = await job.runner.start('post', job.inputs).ended
    expect(post.exitCode, post.log).toBe(0)
    await expectClean('cancelled', 1)
    expect(job.runner.summary()).toContain('killed before it could report')
    const again = await job.runner.start('post', job.inputs).ended
    expect(again.exitCode, again.log).toBe(0)
    await expectClean('cancelled', 1)
  })

  test('as GitHub does it, down to SIGKILL', async () => {
    job = await jobWith('ignore-sigterm')
    const step = job.runner.start('run', job.inputs)
    await until(() => transcript().includes('"agent"'))
    step.kill('SIGINT')
    const timers = [
      setTimeout(() => step.kill('SIGTERM'), 7_500),
      setTimeout(() => step.kill('SIGKILL'), 10_000),
    ]
    const end = await step.ended
    for (const timer of timers) clearTimeout(timer)
    expect(end.signal).toBeUndefined()
    expect(end.exitCode, end.log).toBe(130)
    await expectClean('cancelled', 1)
  })
})
