import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { OzPlan } from '../install/create-oz.ts'
import { alive, ended, OzFixture, wrote } from '../testing/oz-fixture.ts'

const SIGNALS = ['SIGTERM', 'SIGINT'] as const
const hanging = (more: object = {}): OzPlan['script'] => ({
  ...more,
  steps: [{ message: 'ready' }, { hang: {} }],
})
const ARGS = ['agent', 'run', '--prompt=x', '--output-format=json']

/** Starts a run that hangs, and signals it once it has spoken. */
async function signalled(oz: OzFixture, signal: NodeJS.Signals) {
  const process = oz.start(ARGS)
  await wrote(process, 'ready')
  process.kill(signal)
  return { process, end: process.then(ended) }
}

describe('a run that is told to stop', () => {
  it.each(SIGNALS)('winds down and exits 0 on %s, as the real one', async (signal) => {
    await using oz = await OzFixture.create(hanging())
    const { end } = await signalled(oz, signal)
    expect(await end).toMatchObject({ exitCode: 0, signal: undefined })
    expect(oz.calls()).toMatchObject([{ end: { heard: [signal], exit: { code: 0 } } }])
  })

  it.each(SIGNALS)('says its last words on %s and exits as told', async (signal) => {
    const reaction = { after: '20ms', exit: 9, say: 'stopping' }
    await using oz = await OzFixture.create(hanging({ on_sigterm: reaction, on_sigint: reaction }))
    const { exitCode, events } = await (await signalled(oz, signal)).end
    expect(exitCode).toBe(9)
    expect(events.at(-1)).toEqual({ type: 'agent', text: 'stopping' })
  })

  it.each(SIGNALS)('dies of %s where the script says so', async (signal) => {
    await using oz = await OzFixture.create(hanging({ on_sigterm: 'die', on_sigint: 'die' }))
    expect(await (await signalled(oz, signal)).end).toMatchObject({ signal })
  })

  it('hears and ignores both, until it is killed', async () => {
    await using oz = await OzFixture.create({
      on_sigterm: 'ignore',
      on_sigint: 'ignore',
      steps: [
        { message: 'ready' },
        { run: 'while [ ! -e go ]; do sleep 0.01; done' },
        { message: 'went on' },
      ],
    })
    const process = oz.start(ARGS)
    await wrote(process, 'ready')
    process.kill('SIGTERM')
    process.kill('SIGINT')
    await oz.touch('go')
    expect(ended(await process)).toMatchObject({ exitCode: 0, events: { length: 6 } })
    expect(oz.calls()[0]?.end?.heard.toSorted()).toEqual(['SIGINT', 'SIGTERM'])
  })

  it('leaves no end in the record when it is killed', async () => {
    await using oz = await OzFixture.create(hanging())
    const { end } = await signalled(oz, 'SIGKILL')
    expect(await end).toMatchObject({ signal: 'SIGKILL' })
    expect(oz.calls()).toHaveLength(1)
    expect(oz.calls()[0]).not.toHaveProperty('end')
  })

  it('takes the command along that it is running', async () => {
    await using oz = await OzFixture.create({
      steps: [{ run: 'echo $$ > pid; echo ready >&2; exec sleep 60' }],
    })
    const process = oz.start(ARGS)
    await oz.appears('pid')
    process.kill('SIGTERM')
    expect(ended(await process).exitCode).toBe(0)
    await expect.poll(() => alive(Number(oz.file('pid')))).toBe(false)
  })

  it('hears the signal though nobody reads its output', async () => {
    await using oz = await OzFixture.create({ steps: [{ flood: { megabytes: 64 } }] })
    const env = { PATH: '/usr/bin:/bin', WARP_API_KEY: 'wk-1' }
    const process = spawn(oz.oz.path, ARGS, { stdio: ['ignore', 'pipe', 'ignore'], env })
    const ending = once(process, 'exit')
    await once(process.stdout, 'readable')
    process.kill('SIGTERM')
    const [code] = await ending
    process.stdout.destroy()
    expect(code).toBe(0)
  })
})
