import { describeRunner } from '@oz-agent/test-runners'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Pipeline } from './support/pipeline.ts'

const include = (inputs: object) => ({ local: '/.gitlab/oz-agent/template.yml', inputs })
const always = [{ when: 'always' }]

describeRunner('gitlab-ci-local', 'what other jobs get', (runner) => {
  let pipeline: Pipeline

  beforeEach(async () => {
    pipeline = await Pipeline.create(runner)
  })
  afterEach(() => pipeline.remove())

  test('a later job reads the outputs as variables, and the files that they name', async () => {
    const next = {
      needs: ['oz-agent'],
      rules: always,
      script: [
        'echo "it $OZ_OUTCOME, said: $OZ_FINAL_MESSAGE"',
        'test -s "$OZ_RESULT_FILE" && echo "the result is here"',
      ],
    }
    const end = await pipeline.run({
      init: [],
      config: { include: [include({ prompt: 'Do it' })], next },
      oz: { steps: [{ message: 'One line with "quotes", $HOME\nand a second' }] },
    })
    expect(end.log('next')).toContain('it succeeded, said: One line with ’quotes’, ＄HOME and a second')
    expect(end.log('next')).toContain('the result is here')
    expect(end.exitCode).toBe(0)
  })

  test('the template can be included twice with two names, prefixes of outputs and models', async () => {
    const end = await pipeline.run({
      init: [],
      config: {
        include: [
          include({ prompt: 'Review', job_name: 'review', output_prefix: 'REVIEW', model: 'model-a' }),
          include({
            prompt: 'Fix',
            job_prefix: 'the ',
            job_name: 'fix',
            output_prefix: 'FIX',
            model: 'model-b',
          }),
        ],
        next: { stage: 'deploy', rules: always, script: ['echo "$REVIEW_OUTCOME and $FIX_OUTCOME"'] },
      },
    })
    expect(end.log('next')).toContain('succeeded and succeeded')
    const models = (await end.calls()).flatMap((call) =>
      call.argv.filter((arg) => arg.startsWith('--model=')),
    )
    expect(models.toSorted()).toEqual(['--model=model-a', '--model=model-b'])
    expect(end.exitCode).toBe(0)
  })

  test('a matrix over models replaces the input of each job', async () => {
    const end = await pipeline.run({
      init: [],
      config: {
        include: [include({ prompt: 'Review' })],
        'oz-agent': { parallel: { matrix: [{ OZ_INPUT_MODEL: ['model-a', 'model-b'] }] } },
      },
    })
    const models = (await end.calls()).flatMap((call) =>
      call.argv.filter((arg) => arg.startsWith('--model=')),
    )
    expect(models.toSorted()).toEqual(['--model=model-a', '--model=model-b'])
    expect(end.exitCode).toBe(0)
  })

  test('a program that was tampered with does not run', async () => {
    const end = await pipeline.run({
      init: [],
      config: {
        include: [include({ prompt: 'Do it' })],
        tamper: { stage: '.pre', rules: always, script: ['echo "// more" >> .gitlab/oz-agent/oz-agent.mjs'] },
      },
    })
    expect(end.log('oz-agent')).toContain('oz-agent.mjs: FAILED')
    expect(await end.calls()).toEqual([])
    expect(end.exitCode).toBe(1)
  })

  test('after_script closes the run of a script that was killed', async () => {
    const end = await pipeline.run({
      init: [],
      config: {
        include: [include({ prompt: 'Do it' })],
        'oz-agent': {
          script: [
            '(while ! test -s "$OZ_RESULT_FOLDER/transcript.ndjson"; do sleep 0.2; done; sleep 1; kill -KILL "$(cat node.pid)") & node "$OZ_PROGRAM" & echo $! > node.pid; wait $!',
          ],
        },
      },
      oz: { steps: [{ message: 'Started.' }, { wait: '1m' }] },
    })
    expect(end.exitCode).toBe(1)
    const closing = (await end.calls()).find((call) => call.argv.includes('report-shutdown'))
    expect(closing?.end?.exit).toEqual({ code: 0 })
    const result = JSON.parse((await end.artifact('oz-agent', '.oz-agent/oz-agent/result.json')) ?? '{}')
    expect(result).toMatchObject({ outcome: 'cancelled', final_message: 'Started.' })
  })
})
