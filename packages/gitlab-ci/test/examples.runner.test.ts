import { readFile } from 'node:fs/promises'
import { describeRunner } from '@oz-agent/test-runners'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readInclude } from '../src/check/includes.ts'
import { integrityOf } from '../src/template/program.ts'
import { GitlabServer, TOKEN } from './support/gitlab-server.ts'
import { Pipeline, type PipelinePlan } from './support/pipeline.ts'

const EXAMPLES = new URL('../../../examples/gitlab/', import.meta.url)
const read = (path: string) => readFile(new URL(path, EXAMPLES), 'utf8')
const PROMPT = { '.gitlab/oz-agent/prompt.md': 'Look around.\n' }

interface Row extends Omit<PipelinePlan, 'config'> {
  readonly name: string
  readonly job: string
  readonly says: string
  readonly exitCode?: number
}

const rows: readonly Row[] = [
  { name: 'vendored', init: [], files: PROMPT, job: 'oz-agent', says: 'Oz agent: succeeded' },
  { name: 'merge-request', init: ['--on', 'merge-request'], job: 'review', says: 'Oz agent: succeeded' },
  {
    name: 'schedule',
    init: ['--on', 'schedule', '--writes', '--job-timeout', '2h'],
    variables: { CI_PIPELINE_SOURCE: 'schedule' },
    job: 'tidy-up',
    says: 'Oz agent: succeeded',
  },
  {
    name: 'on-failure',
    init: ['--on', 'failure', '--stage', 'explain'],
    files: { 'run-tests.sh': 'exit 1\n' },
    job: 'explain',
    says: 'Oz agent: succeeded',
    // The failed test keeps its pipeline red.
    exitCode: 1,
  },
  { name: 'matrix', init: [], files: PROMPT, job: 'compare: [model-b]', says: 'Oz agent: succeeded' },
]

describeRunner('gitlab-ci-local', 'the examples', (runner) => {
  let pipeline: Pipeline

  beforeEach(async () => {
    pipeline = await Pipeline.create(runner)
  })
  afterEach(() => pipeline.remove())

  test.for(rows)('$name', async ({ name, job, says, exitCode = 0, ...plan }) => {
    const end = await pipeline.run({ ...plan, config: await read(`${name}/.gitlab-ci.yml`) })
    expect(end.log(job)).toContain(says)
    expect(end.exitCode).toBe(exitCode)
  })

  test('air-gapped', async () => {
    // The image's CLI stands where the example says only in the image, so the test names its own.
    const config = (await read('air-gapped/.gitlab-ci.yml')).replace(
      '/usr/local/bin/oz',
      `${pipeline.folder}/oz/oz`,
    )
    const end = await pipeline.run({ init: ['--tag', 'offline'], files: PROMPT, config })
    expect(end.log('oz-agent')).toContain('Oz agent: succeeded')
    const run = (await end.calls()).find((call) => call.command?.join(' ') === 'agent run')
    expect(run?.env_names.filter((name) => name.startsWith('CI_'))).toEqual([])
  })

  test('mention', async () => {
    const server = await GitlabServer.start()
    server.members.set(3, 40)
    server.addNote('@oz please')
    const payload = {
      object_kind: 'note',
      project_id: 1217,
      object_attributes: { id: 1, note: '@oz please', noteable_type: 'MergeRequest', author_id: 3 },
      merge_request: { iid: 5 },
    }
    const end = await pipeline
      .run({
        init: ['--on', 'mention'],
        config: await read('mention/.gitlab-ci.yml'),
        files: { 'payload.json': JSON.stringify(payload) },
        variables: {
          CI_API_V4_URL: server.url,
          CI_PIPELINE_SOURCE: 'trigger',
          OZ_GITLAB_TOKEN: TOKEN,
          TRIGGER_PAYLOAD: 'payload.json',
        },
      })
      .finally(() => server.stop())
    expect(end.log('answer')).toContain('The note on merge request !5 was created.')
    expect(server.complaints).toEqual([])
  })

  test('mention: a comment that does not call the agent is nothing to do', async () => {
    const payload = {
      object_kind: 'note',
      project_id: 1217,
      object_attributes: { id: 1, note: 'looks good', noteable_type: 'MergeRequest', author_id: 3 },
      merge_request: { iid: 5 },
    }
    const end = await pipeline.run({
      init: ['--on', 'mention'],
      config: await read('mention/.gitlab-ci.yml'),
      files: { 'payload.json': JSON.stringify(payload) },
      variables: {
        CI_PIPELINE_SOURCE: 'trigger',
        OZ_GITLAB_TOKEN: TOKEN,
        TRIGGER_PAYLOAD: 'payload.json',
        WARP_API_KEY: '',
      },
    })
    expect(end.log('answer')).toContain('Oz agent: skipped (exit code 0): the comment does not hold @oz')
    expect(end.exitCode).toBe(0)
    expect((await end.calls()).filter(({ argv }) => argv[0] === 'agent')).toEqual([])
  })

  test('remote: the published template is the one whose checksum the example names', async () => {
    const template = await read('remote/oz-agent.yml')
    expect(await read('remote/.gitlab-ci.yml')).toContain(`integrity: ${integrityOf(template)}`)
    expect(readInclude(template, { prompt_file: 'prompt.md' }).problems).toEqual([])
  })

  test('component: the template of a component project, included from the project itself', async () => {
    const files = {
      'templates/oz-agent.yml': (await read('remote/oz-agent.yml')).replace(
        'OZ_PROGRAM: /opt/oz-agent/oz-agent.mjs',
        'OZ_PROGRAM: $CI_PROJECT_DIR/.gitlab/oz-agent/oz-agent.mjs',
      ),
      ...PROMPT,
    }
    const config = (await read('component/.gitlab-ci.yml')).replace(
      'org/oz-agent-component/oz-agent@1.0.0',
      '$CI_PROJECT_PATH/oz-agent@$CI_COMMIT_SHA',
    )
    const variables = { CI_PIPELINE_SOURCE: 'web' }
    const end = await pipeline.run({ init: [], files, config, variables })
    expect(end.log('oz-agent')).toContain('Oz agent: succeeded')
  })
})
