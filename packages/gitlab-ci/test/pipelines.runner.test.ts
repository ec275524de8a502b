import { describeRunner } from '@oz-agent/test-runners'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Pipeline, type PipelinePlan } from './support/pipeline.ts'

const TEMPLATE = '/.gitlab/oz-agent/template.yml'
const RESULT = '.oz-agent/oz-agent/result.json'
const include = (inputs: object) => ({ include: [{ local: TEMPLATE, inputs }] })

interface Row {
  readonly name: string
  readonly plan: PipelinePlan
  readonly exitCode: number
  readonly outcome: string
  /** Must stand in the job's log. */
  readonly says: string
}

const rows: readonly Row[] = [
  {
    name: 'an agent that succeeds',
    plan: { config: include({ prompt: 'Do it' }) },
    exitCode: 0,
    outcome: 'succeeded',
    says: 'All done.',
  },
  {
    name: 'an agent after a before_script that leaves the checkout',
    plan: {
      config: {
        ...include({ prompt: 'Do it' }),
        default: { before_script: ['mkdir -p deep/er', 'cd deep/er'] },
      },
    },
    exitCode: 0,
    outcome: 'succeeded',
    says: 'All done.',
  },
  {
    name: 'an agent that fails',
    plan: {
      config: include({ prompt: 'Do it' }),
      oz: { steps: [{ fatal: { message: 'The model gave up' } }] },
    },
    exitCode: 1,
    outcome: 'agent-failed',
    says: 'The model gave up',
  },
  {
    name: 'an agent that says nothing',
    plan: { config: include({ prompt: 'Do it' }), oz: { steps: [] } },
    exitCode: 1,
    outcome: 'no-output',
    says: 'exit code 3',
  },
  {
    name: 'a wrong input, which GitLab itself cannot see',
    plan: { config: include({ prompt: 'Do it', prompt_file: 'also.md', share: 'everyone' }) },
    exitCode: 1,
    outcome: 'invalid-input',
    says: 'share: "everyone" is no recipient',
  },
  {
    name: 'an agent that does not end before its deadline',
    plan: {
      config: include({ prompt: 'Do it', timeout: '2s' }),
      oz: { steps: [{ message: 'Hm.' }, { wait: '1m' }] },
    },
    exitCode: 1,
    outcome: 'timed-out',
    says: 'exit code 124',
  },
  {
    name: 'an agent that shows no sign of life',
    plan: {
      config: include({ prompt: 'Do it', startup_timeout: '2s' }),
      oz: { start: 'silent', steps: [{ hang: {} }] },
    },
    exitCode: 1,
    outcome: 'temporary',
    says: 'exit code 75',
  },
  {
    name: 'a missing key',
    plan: { config: include({ prompt: 'Do it' }), variables: { WARP_API_KEY: '' } },
    exitCode: 1,
    outcome: 'not-permitted',
    says: 'no Warp API key: WARP_API_KEY and WARP_API_KEY_FILE are empty',
  },
  {
    name: 'a missing key on a branch that protected variables do not reach',
    plan: { config: include({ prompt: 'Do it' }), variables: { WARP_API_KEY: '' } },
    exitCode: 1,
    outcome: 'not-permitted',
    says: 'A protected variable reaches only pipelines of protected branches and tags; main is not protected.',
  },
  {
    name: 'an agent beside what default: has for other jobs',
    plan: {
      config: {
        default: { before_script: ['no-such-program'], cache: { key: 'x', paths: ['node_modules/'] } },
        ...include({ prompt: 'Do it' }),
      },
    },
    exitCode: 0,
    outcome: 'succeeded',
    says: 'Oz agent: succeeded',
  },
  {
    name: 'a merge request from a fork whose branch has no prompt file',
    plan: {
      config: include({ prompt_file: 'not-in-the-fork.md' }),
      variables: {
        CI_MERGE_REQUEST_IID: '5',
        CI_MERGE_REQUEST_PROJECT_ID: '1217',
        CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '99',
        WARP_API_KEY: '',
      },
    },
    exitCode: 0,
    outcome: 'skipped',
    says: 'comes from a fork',
  },
  {
    name: 'a merge request from a fork, even with a key at hand',
    plan: {
      config: include({ prompt: 'Do it' }),
      variables: {
        CI_MERGE_REQUEST_IID: '5',
        CI_MERGE_REQUEST_PROJECT_ID: '1217',
        CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '99',
      },
    },
    exitCode: 0,
    outcome: 'skipped',
    says: 'comes from a fork',
  },
  {
    name: 'artifacts after a crash of the agent',
    plan: {
      config: include({ prompt: 'Do it' }),
      oz: { steps: [{ message: 'Half of it' }, { crash: 'SIGSEGV' }] },
    },
    exitCode: 1,
    outcome: 'agent-failed',
    says: 'Half of it',
  },
]

describeRunner('gitlab-ci-local', 'a vendored template', (runner) => {
  let pipeline: Pipeline

  beforeEach(async () => {
    pipeline = await Pipeline.create(runner)
  })
  afterEach(() => pipeline.remove())

  test.for(rows)('$name', async ({ plan, exitCode, outcome, says }) => {
    const end = await pipeline.run({ init: [], ...plan })
    expect(end.log('oz-agent')).toContain(says)
    expect(end.exitCode).toBe(exitCode)
    const result = JSON.parse((await end.artifact('oz-agent', RESULT)) ?? '{}')
    expect(result.outcome).toBe(outcome)
    const outputs = await end.artifact('oz-agent', '.oz-agent/oz-agent/outputs.env')
    expect(outputs).toContain(`OZ_OUTCOME=${outcome}\n`)
    expect(await end.artifact('oz-agent', '.oz-agent/oz-agent/summary.md')).toContain(outcome)
  })
})
