import { describeRunner } from '@oz-agent/test-runners'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { GitlabServer, TOKEN } from './support/gitlab-server.ts'
import { Pipeline } from './support/pipeline.ts'

const include = (inputs: object) => ({ include: [{ local: '/.gitlab/oz-agent/template.yml', inputs }] })

describeRunner('gitlab-ci-local', 'merge requests', (runner) => {
  let pipeline: Pipeline
  let server: GitlabServer

  beforeEach(async () => {
    pipeline = await Pipeline.create(runner)
    server = await GitlabServer.start()
  })
  afterEach(async () => {
    await server.stop()
    await pipeline.remove()
  })

  const variables = () => ({
    CI_API_V4_URL: server.url,
    CI_MERGE_REQUEST_IID: '5',
    CI_MERGE_REQUEST_PROJECT_ID: '1217',
    CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '1217',
    OZ_GITLAB_TOKEN: TOKEN,
  })

  test('one note is created, then updated', async () => {
    const config = include({ prompt: 'Review' })
    const say = (text: string) => ({ steps: [{ message: text }] })
    const first = await pipeline.run({
      init: [],
      config,
      variables: variables(),
      oz: say('First\n/close\n@all look'),
    })
    expect(first.log('oz-agent')).toContain('The note on merge request !5 was created.')
    const second = await pipeline.run({ config, variables: variables(), oz: say('Second') })
    expect(second.log('oz-agent')).toContain('The note on merge request !5 was updated.')
    expect(server.notes).toHaveLength(1)
    expect(server.notes[0]?.body).toMatch(/^<!-- oz-agent oz-agent -->\nJob \[oz-agent]\(.*> Second\n$/s)
    expect(server.complaints).toEqual([])
  })

  test('GitLab in trouble costs the note and nothing else', async () => {
    server.trouble = { kind: 'status', status: 500 }
    const end = await pipeline.run({
      init: [],
      config: include({ prompt: 'Review' }),
      variables: variables(),
    })
    expect(end.log('oz-agent')).toContain(
      'No note was written: GitLab answered 500 to GET /user (asked 3 times).',
    )
    expect(end.exitCode).toBe(0)
    expect(await end.artifact('oz-agent', '.oz-agent/oz-agent/summary.md')).toContain('succeeded')
  })

  test('without a token that may write, the job says so and stays green', async () => {
    const end = await pipeline.run({
      init: [],
      config: include({ prompt: 'Review' }),
      variables: { ...variables(), OZ_GITLAB_TOKEN: '' },
    })
    expect(end.log('oz-agent')).toContain(
      'there is no OZ_GITLAB_TOKEN, and the job token may only read notes',
    )
    expect(end.exitCode).toBe(0)
    expect(server.requests).toEqual([])
  })

  const mention = (note: string) => ({
    object_kind: 'note',
    project_id: 1217,
    user: { id: 3, username: 'user-3' },
    object_attributes: { id: 1, note, noteable_type: 'MergeRequest', author_id: 3, action: 'create' },
    merge_request: { iid: 5, title: 'Add a thing' },
  })
  const trigger = (text: string) => ({
    init: ['--on', 'mention'],
    config: include({ mention: '@oz', prompt: 'Answer in English.' }),
    files: { 'payload.json': JSON.stringify(mention(text)) },
    variables: {
      ...variables(),
      CI_MERGE_REQUEST_IID: '',
      CI_PIPELINE_SOURCE: 'trigger',
      TRIGGER_PAYLOAD: 'payload.json',
    },
  })

  test('a comment of a developer calls the agent, which answers there', async () => {
    server.members.set(3, 30)
    server.addNote('@oz what is this?')
    const end = await pipeline.run(trigger('@oz what is this?'))
    expect(end.exitCode).toBe(0)
    const run = (await end.calls()).find((call) => call.command?.join(' ') === 'agent run')
    const prompt = run?.argv.find((arg) => arg.startsWith('--prompt='))
    expect(prompt).toMatch(
      /Answer in English\.\n\nuser-3 wrote this comment on merge request !5 \(Add a thing\)/,
    )
    expect(server.notes.at(-1)?.body).toMatch(/^<!-- oz-agent oz-agent%231 -->/)
  })

  test('a comment of a guest is passed over, green and without a note', async () => {
    server.members.set(3, 10)
    server.addNote('@oz rm -rf')
    const end = await pipeline.run(trigger('@oz rm -rf'))
    expect(end.log('oz-agent')).toContain('user-3 does not have the role developer in this project')
    expect(end.exitCode).toBe(0)
    expect((await end.calls()).some((call) => call.command?.join(' ') === 'agent run')).toBe(false)
    expect(server.notes).toHaveLength(1)
  })
})
