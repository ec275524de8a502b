import { readFileSync, statSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { jobWith } from './support.ts'

const MEGABYTES = 2
const LIMIT = 400_000

describe('an agent that says more than an output may hold', () => {
  let job: Awaited<ReturnType<typeof jobWith>>
  afterEach(() => job.runner.remove())

  const said = `${'é🚀 long text '.repeat((MEGABYTES * 1_000_000) / 17)}THE END`

  test('has its text cut between characters, with a word on where the whole is', async () => {
    job = await jobWith({ steps: [{ message: said }] })
    const end = await job.runner.run(job.inputs)
    expect(end.exitCode, end.log.slice(-500)).toBe(0)
    const outputs = job.runner.outputs()
    for (const name of ['agent_output', 'final_message']) {
      const value = outputs[name] ?? ''
      expect(Buffer.byteLength(value)).toBeLessThanOrEqual(LIMIT)
      expect(Buffer.byteLength(value)).toBeGreaterThan(LIMIT - 1000)
      expect(value).not.toContain('\ufffd')
      expect(value).toMatch(/Cut here: the whole text is in .*agent-output\.md/)
    }
    const file = (outputs.result_file ?? '').replace('result.json', 'agent-output.md')
    expect(readFileSync(file, 'utf8').trimEnd()).toBe(said)
    expect(Buffer.byteLength(job.runner.summary())).toBeLessThanOrEqual(1_000_000)
  })

  test('gives whole events as NDJSON, and all of them in the transcript', async () => {
    job = await jobWith({
      steps: Array.from({ length: 100 }, (_, n) => ({ message: `${n} ${'x'.repeat(20_000)}` })),
    })
    const end = await job.runner.run({ ...job.inputs, output_format: 'json' })
    expect(end.exitCode, end.log.slice(-500)).toBe(0)
    const outputs = job.runner.outputs()
    const events = (outputs.agent_output ?? '')
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string })
    expect(events.at(-1)).toMatchObject({ type: 'output_cut', transcript_file: outputs.transcript_file })
    expect(statSync(outputs.transcript_file ?? '').size).toBeGreaterThan(2_000_000)
  })
})
