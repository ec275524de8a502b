import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OzEvent } from './event.ts'
import { parseLine } from './event.ts'

const eventOf = (fields: object): OzEvent | undefined => {
  const parsed = parseLine(JSON.stringify(fields))
  return parsed.kind === 'event' ? parsed.event : undefined
}

describe('an event of each type', () => {
  const rows: [name: string, fields: object, event: object][] = [
    [
      'run_started',
      { type: 'system', event_type: 'run_started', run_id: 'r1', run_url: 'https://oz.warp.dev/runs/r1' },
      { type: 'run_started', runId: 'r1', runUrl: 'https://oz.warp.dev/runs/r1' },
    ],
    [
      'run_started with a link that is none',
      { type: 'system', event_type: 'run_started', run_id: 'r1', run_url: 'javascript:alert(1)' },
      { type: 'run_started', runId: 'r1', runUrl: undefined },
    ],
    [
      'run_started with an id that is none',
      { type: 'system', event_type: 'run_started', run_id: 'a\n::error::b' },
      { type: 'unknown', name: 'system/run_started' },
    ],
    [
      'conversation_started',
      { type: 'system', event_type: 'conversation_started', conversation_id: 'c1' },
      { type: 'conversation_started', conversationId: 'c1' },
    ],
    [
      'shared_session_established',
      { type: 'system', event_type: 'shared_session_established', join_url: 'https://app.warp.dev/s/1' },
      { type: 'shared_session_established', joinUrl: 'https://app.warp.dev/s/1' },
    ],
    [
      'a new system event',
      { type: 'system', event_type: 'rebooted' },
      { type: 'unknown', name: 'system/rebooted' },
    ],
    ['agent', { type: 'agent', text: 'hi' }, { type: 'agent', text: 'hi' }],
    ['agent without text', { type: 'agent', text: 5 }, { type: 'unknown', name: 'agent' }],
    ['agent_reasoning', { type: 'agent_reasoning', text: 'hm' }, { type: 'agent_reasoning', text: 'hm' }],
    ['tool_call', { type: 'tool_call', tool: 'grep' }, { type: 'tool_call', tool: 'grep' }],
    ['tool_call without a tool', { type: 'tool_call' }, { type: 'tool_call', tool: 'unknown' }],
    ['tool_result', { type: 'tool_result', tool: 'grep', files: [] }, { type: 'tool_result', tool: 'grep' }],
    ['tool_error', { type: 'tool_error', error: 'no' }, { type: 'tool_error', error: 'no' }],
    [
      'tool_error with an object',
      { type: 'tool_error', error: { a: 1 } },
      { type: 'tool_error', error: '{"a":1}' },
    ],
    ['tool_canceled', { type: 'tool_canceled' }, { type: 'tool_canceled' }],
    [
      'update_todos',
      { type: 'update_todos', todo_list: [{ title: 'a', description: 'b' }, 'c'] },
      {
        type: 'update_todos',
        todos: [
          { title: 'a', description: 'b' },
          { title: 'c', description: '' },
        ],
      },
    ],
    [
      'complete_todos',
      { type: 'complete_todos', completed_todos: [{ title: 'a' }] },
      { type: 'complete_todos', todos: [{ title: 'a', description: '' }] },
    ],
    [
      'artifact_created pull_request',
      { type: 'artifact_created', artifact_type: 'pull_request', url: 'https://example.com/1', branch: 'b' },
      {
        type: 'artifact_created',
        artifact: { type: 'pull_request', url: 'https://example.com/1', branch: 'b' },
      },
    ],
    [
      'artifact_created with fields of other forms',
      {
        type: 'artifact_created',
        artifact_type: 'file',
        url: 'data:x',
        size_bytes: 'many',
        filename: 'a',
        new: 1,
      },
      { type: 'artifact_created', artifact: { type: 'file', filename: 'a', new: 1 } },
    ],
    [
      'num_comments_addressed',
      {
        type: 'num_comments_addressed',
        addressed_comments: [{ comment_text: 'x', file_path: 'a', line_number: 3 }],
      },
      { type: 'num_comments_addressed', comments: [{ text: 'x', file: 'a', line: 3 }] },
    ],
    ['Subagent', { type: 'Subagent', task_id: 't' }, { type: 'subagent', taskId: 't' }],
    ['SkillInvoked', { type: 'SkillInvoked', name: 's' }, { type: 'skill_invoked', name: 's' }],
    ['a type of a later release', { type: 'novel' }, { type: 'unknown', name: 'novel' }],
    ['a type named like a method', { type: 'toString' }, { type: 'unknown', name: 'toString' }],
    ['no type', { text: 'a' }, { type: 'unknown', name: '(no type)' }],
  ]
  it.each(rows)('%s', (_name, fields, event) => {
    expect(eventOf(fields)).toMatchObject(event)
  })
})

describe('a line that is no event', () => {
  it.each([
    'text',
    '',
    '1',
    'null',
    '"a"',
    '[{}]',
    '{',
    '{"type":"agent"',
    '{} x',
    '{type:1}',
    '\0',
    '{"a":\ufffd}',
  ])('stays text: %j', (line) => {
    expect(parseLine(line)).toEqual({ kind: 'plain' })
  })

  it('never throws', () => {
    const names = [
      'agent',
      'system',
      'tool_call',
      'update_todos',
      'artifact_created',
      'Subagent',
      'constructor',
    ]
    fc.assert(
      fc.property(fc.string(), (line) => void parseLine(line)),
      { numRuns: 300 },
    )
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.dictionary(fc.string(), fc.jsonValue()), (type, fields) => {
        expect(parseLine(JSON.stringify({ ...fields, type })).kind).toBe('event')
      }),
      { numRuns: 300 },
    )
  })
})
