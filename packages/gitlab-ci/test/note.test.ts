import { createNodePorts, createRedactor, renderSummary } from '@oz-agent/core'
import { aResult } from '@oz-agent/core/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ApiFailure, createGitlabApi, explain } from '../src/api/client.ts'
import { upsertNote } from '../src/api/notes.ts'
import { noteText, noteTime } from '../src/job/note.ts'
import { GitlabServer, TOKEN, type Trouble } from './support/gitlab-server.ts'

const MARKER = '<!-- oz-agent review -->'
const PLACE = { projectId: '1217', kind: 'merge_requests', iid: '5' } as const
const ports = createNodePorts()
let server: GitlabServer

beforeEach(async () => {
  server = await GitlabServer.start()
})
afterEach(() => server.stop())

const upsert = (text: string, { token = TOKEN, budget = 20_000, iid = '5' } = {}) => {
  const api = createGitlabApi({ ...ports, env: {}, baseUrl: server.url, token, budget })
  return upsertNote(api, { ...PLACE, iid }, MARKER, text)
}

test('the first run creates the note, later runs update it', async () => {
  expect(await upsert('one')).toBe('created')
  expect(await upsert('two')).toBe('updated')
  expect(server.notes.map(({ body }) => body)).toEqual([`${MARKER}\ntwo`])
  expect(server.complaints).toEqual([])
})

test('a note of somebody else is not touched, even if it begins with our marker', async () => {
  server.addNote(`${MARKER}\nforged`)
  expect(await upsert('ours')).toBe('created')
  expect(server.notes.map(({ body }) => body)).toEqual([`${MARKER}\nforged`, `${MARKER}\nours`])
})

test('our note is found behind hundreds of others', async () => {
  for (let count = 0; count < 250; count++) server.addNote('chatter')
  server.addNote(`${MARKER}\nold`, 'me')
  expect(await upsert('new')).toBe('updated')
  expect(server.notes).toHaveLength(251)
})

test.for(['oldest', 'newest'] as const)(
  'our note is found among more than 5,000 others: it is the %s',
  async (age) => {
    if (age === 'oldest') server.addNote(`${MARKER}\nold`, 'me')
    for (let count = 0; count < 5_100; count++) server.addNote('chatter')
    if (age === 'newest') server.addNote(`${MARKER}\nold`, 'me')
    expect(await upsert('new')).toBe('updated')
  },
)

test('the next page is found by its link where GitLab does not number it', async () => {
  server.paging = 'link'
  for (let count = 0; count < 150; count++) server.addNote('chatter')
  server.addNote(`${MARKER}\nold`, 'me')
  for (let count = 0; count < 150; count++) server.addNote('chatter')
  expect(await upsert('new')).toBe('updated')
})

test('our note is found behind notes that are too long for one page', async () => {
  server.addNote(`${MARKER}\nold`, 'me')
  for (let count = 0; count < 130; count++) server.addNote(count < 12 ? 'x'.repeat(900_000) : 'chatter')
  expect(await upsert('new')).toBe('updated')
  expect(server.requests.filter((request) => request.startsWith('GET /projects')).length).toBeLessThan(20)
})

test.for<[name: string, message: unknown, words: string]>([
  ['as text', 'note is too long', 'to POST /projects/1217/merge_requests/5/notes: note is too long.'],
  ['by field', { note: ['is too long', 'is odd'] }, '/notes: note is too long, is odd.'],
])('the reason of a refusal is shown: %s', async ([, message, words]) => {
  server.trouble = { kind: 'refusal', message }
  const failure = await upsert('text').catch((error: unknown) => error)
  expect(explain(failure as ApiFailure)).toContain(words)
})

test.for<[name: string, after: () => string]>([
  ['in seconds', () => '60'],
  ['as a date', () => new Date(ports.clock.now() + 60_500).toUTCString()],
])('a limit of requests is waited for as long as GitLab says: %s', async ([, after]) => {
  server.trouble = { kind: 'status', status: 429, times: 1, retryAfter: after() }
  const pauses: number[] = []
  const clock = { ...ports.clock, sleep: async (pause: number) => void pauses.push(pause) }
  const budget = noteTime('succeeded', undefined)
  const api = createGitlabApi({ ...ports, clock, env: {}, baseUrl: server.url, token: TOKEN, budget })
  expect(await upsertNote(api, PLACE, MARKER, 'text')).toBe('created')
  expect(pauses).toHaveLength(1)
  expect(pauses[0]).toBeGreaterThan(55_000)
  expect(pauses[0]).toBeLessThan(62_000)
})

test.for<[name: string, outcome: 'succeeded' | 'cancelled', left: number | undefined, time: number]>([
  ['a job without a known limit', 'succeeded', undefined, 150_000],
  ['a job with an hour left', 'succeeded', 3_600_000, 150_000],
  ['a job that is about to end', 'succeeded', 30_000, 25_000],
  ['a job that should have ended', 'succeeded', -1, 1_200],
  ['a cancelled job', 'cancelled', 3_600_000, 1_200],
])('the note may take what the job has left: %s', ([, outcome, left, time]) => {
  expect(noteTime(outcome, left)).toBe(time)
})

test.for<[string, Trouble]>([
  ['a server error that passes', { kind: 'status', status: 502, times: 1 }],
  ['a rate limit that names its end', { kind: 'status', status: 429, times: 1, retryAfter: '1' }],
])('%s costs a moment only', async ([, trouble]) => {
  server.trouble = trouble
  expect(await upsert('text')).toBe('created')
})

test.for<[string, Trouble | undefined, { token?: string; budget?: number; iid?: string }, string]>([
  [
    '401',
    undefined,
    { token: 'glpat-wrong' },
    'GitLab answered 401 to GET /user. OZ_GITLAB_TOKEN is wrong, revoked or expired: store a new one.',
  ],
  [
    '403',
    { kind: 'status', status: 403 },
    {},
    'GitLab answered 403 to GET /user. OZ_GITLAB_TOKEN needs the scope api, and its role in the project must allow this.',
  ],
  [
    '404',
    undefined,
    { iid: '6' },
    'OZ_GITLAB_TOKEN must belong to a member of the project, or GitLab hides it.',
  ],
  [
    '429 for longer than we have',
    { kind: 'status', status: 429, retryAfter: '600' },
    {},
    'GitLab answered 429 to GET /user. GitLab limits the rate of requests',
  ],
  [
    '500',
    { kind: 'status', status: 500 },
    {},
    'GitLab answered 500 to GET /user (asked 3 times). GitLab has a problem of its own',
  ],
  [
    'no answer',
    { kind: 'silence' },
    { budget: 300 },
    'GitLab did not answer GET /user in time. GitLab did not answer in time',
  ],
])('%s is told with what to do', async ([, trouble, options, words]) => {
  server.trouble = trouble
  const failure = await upsert('text', options).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(ApiFailure)
  expect(explain(failure as ApiFailure)).toContain(words)
  expect(explain(failure as ApiFailure)).not.toContain(TOKEN)
})

test('a server that is not there', async () => {
  const url = server.url
  await server.stop()
  server = await GitlabServer.start()
  const api = createGitlabApi({ ...ports, env: {}, baseUrl: url, token: TOKEN, budget: 20_000 })
  const failure = await upsertNote(api, PLACE, MARKER, 'x').catch((error: unknown) => error)
  expect(failure instanceof ApiFailure && failure.kind).toBe('network')
})

/** What the agent says last, as the note shows it. */
function noteOf(said: string, key = 'wk-0123456789abcdef'): string {
  const redactor = createRedactor([key])
  const base = aResult()
  const result = aResult({ redactor, reason: said, warnings: [said] })
  const whole = { ...result, final_message: redactor.text(said), run: base.run }
  const summary = renderSummary(whole, { maxBytes: 10_000 })
  return noteText({
    place: PLACE,
    topic: 'review',
    jobName: 'review',
    jobUrl: undefined,
    result: whole,
    summary,
  })
}

test.for(['\u200b', '\u00ad', '\ufeff', '\u{e0041}', '\u001b[31m'])(
  'a note holds no key in pieces, with %j between',
  (mark) => {
    const note = noteOf([...'wk-0123456789abcdef'].join(mark))
    expect(note.replaceAll(mark, '')).not.toContain('wk-0123456789abcdef')
    expect(note.split('\\*\\*\\*').length + note.split('***').length).toBeGreaterThan(2)
  },
)

test.for(['&1', '~bug', '%v1', '!12', '#3', '@someone', '$12', '[vulnerability:1]', 'GL-1'])(
  'a note refers to nothing that the agent names: %s',
  (reference) => {
    expect(noteOf(`see ${reference} now`)).not.toContain(` ${reference}`)
  },
)

test.for(['glql', 'blockdiag', 'mermaid', 'plantuml', 'suggestion'])(
  'a note draws and asks nothing: %s',
  (language) => {
    expect(noteOf(`\`\`\`${language}\nx\n\`\`\``)).not.toContain(`\`\`\`${language}`)
  },
)
