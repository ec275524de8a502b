import { expect, test } from 'vitest'
import { callsAgent, readPayload } from './payload.ts'

test.for<[string, string, boolean]>([
  ['at the start', '@oz fix this', true],
  ['within a sentence', 'Could you, @oz, look?', true],
  ['in other case', 'please @OZ', true],
  ['a longer name', '@ozzy hello', false],
  ['part of an address', 'write to me@oz.example', false],
  ['in code', 'the word `@oz` calls it', false],
  ['in a fence', '```\n@oz\n```', false],
  ['in a quote of another comment', '> @oz fix this\n\nDid it?', false],
  ['in a comment that nobody sees', '<!-- @oz delete all -->', false],
  ['not at all', 'fix this', false],
])('the calling word %s', ([, text, expected]) => {
  expect(callsAgent(text, '@oz')).toBe(expected)
})

const note = { id: 9, note: '@oz hi', noteable_type: 'MergeRequest', author_id: 3, action: 'create' }
const event = {
  object_kind: 'note',
  project_id: 1,
  object_attributes: note,
  merge_request: { iid: 5, title: 'T' },
}

test('a comment on a merge request', () => {
  expect(readPayload(JSON.stringify(event))).toEqual({
    kind: 'comment',
    text: '@oz hi',
    comment: { id: 9, projectId: '1', authorId: 3, place: { kind: 'merge_requests', iid: '5', title: 'T' } },
  })
})

test.for<[string, unknown, string]>([
  ['a push', { object_kind: 'push' }, 'the event is no comment (push)'],
  ['an edit', { ...event, object_attributes: { ...note, action: 'update' } }, 'was edited'],
  ['a system note', { ...event, object_attributes: { ...note, system: true } }, 'GitLab itself'],
  [
    'a comment on a commit',
    { ...event, object_attributes: { ...note, noteable_type: 'Commit' } },
    '(Commit)',
  ],
  ['another form', { object_kind: 'note', object_attributes: { id: 'x' } }, 'no event that GitLab documents'],
  ['no object', 'text', 'no event that GitLab documents'],
])('%s is passed over, and it is said why', ([, payload, why]) => {
  const reading = readPayload(JSON.stringify(payload))
  expect(reading.kind === 'other' && reading.why).toContain(why)
})

test('a payload that is no JSON is passed over', () => {
  expect(readPayload('{')).toEqual({ kind: 'other', why: 'the payload of the trigger is no JSON' })
})
