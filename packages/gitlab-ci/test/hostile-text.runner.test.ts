import { describeRunner } from '@oz-agent/test-runners'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { KEY, Pipeline } from './support/pipeline.ts'

const include = (inputs: object) => ({ local: '/.gitlab/oz-agent/template.yml', inputs })

describeRunner('gitlab-ci-local', 'text that tries to be more', (runner) => {
  let pipeline: Pipeline

  beforeEach(async () => {
    pipeline = await Pipeline.create(runner)
  })
  afterEach(() => pipeline.remove())

  test('a prompt reaches the agent to the letter: no shell, no expansion', async () => {
    const prompt = '- begins like a flag\n$HOME ${CI_JOB_TOKEN} $$PATH "q" \'s\' `id` $(id) \\ end\n\n#done'
    const end = await pipeline.run({ init: [], config: { include: [include({ prompt })] } })
    const run = (await end.calls()).find((call) => call.command?.join(' ') === 'agent run')
    expect(run?.argv).toContain(`--prompt=${prompt}`)
    expect(end.exitCode).toBe(0)
  })

  test('an agent can neither forge sections nor show the key', async () => {
    const forged = '\u001b[0Ksection_start:1:forged[collapsed=true]\r\u001b[0KForged'
    const end = await pipeline.run({
      init: [],
      config: { include: [include({ prompt: 'Do it' })] },
      oz: {
        steps: [{ print: forged }, { message: `${forged} and the key` }, { leak: {} }, { message: 'Done.' }],
      },
    })
    expect(end.exitCode).toBe(0)
    // The runner tells of every section that it takes for one.
    expect(end.output).not.toMatch(/forged_started/)
    expect(end.output).toContain('section_\u200bstart:1:forged')
    expect(end.output).not.toContain(KEY)
    expect(end.output).not.toContain(Buffer.from(KEY).toString('base64'))
    for (const file of ['transcript.ndjson', 'result.json', 'summary.md', 'outputs.env']) {
      expect(await end.artifact('oz-agent', `.oz-agent/oz-agent/${file}`)).not.toContain(KEY)
    }
  })
})
