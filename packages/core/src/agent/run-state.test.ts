import { describe, expect, it } from 'vitest'
import type { OzEvent } from './event.ts'
import { NO_EVENTS, type Progress, reduceEvent } from './run-state.ts'

const after = (...events: OzEvent[]): Progress => events.reduce(reduceEvent, NO_EVENTS)
const call = (tool: string, input: object = {}): OzEvent => ({ type: 'tool_call', tool, input: { ...input } })
const result = (tool: string, output: object = {}): OzEvent => ({
  type: 'tool_result',
  tool,
  output: { ...output },
})
const command = (text: string) => call('run_command', { command: text })
const ended = (code: number) => result('run_command', { status: 'complete', exit_code: code, output: '' })

describe('the state of a run', () => {
  it('keeps the last message that says something', () => {
    const state = after(
      { type: 'agent', text: 'one' },
      { type: 'agent', text: 'two' },
      { type: 'agent', text: ' \n' },
    )
    expect(state).toMatchObject({ finalMessage: 'two', messages: 3, events: 3 })
  })

  it('says nothing was said when all messages were blank', () => {
    expect(after({ type: 'agent', text: '' }).finalMessage).toBeUndefined()
  })

  it('names the command of a failure, also when several run at once', () => {
    const state = after(command('a'), command('b'), ended(0), ended(2))
    expect(state.failedCommands).toEqual([{ command: 'b', exitCode: 2 }])
    expect(state.failedCommandCount).toBe(1)
    expect(state.toolCalls).toEqual({ run_command: 2 })
  })

  it('waits for the end of a command that is still running', () => {
    const state = after(command('serve'), result('run_command', { status: 'running' }), ended(1))
    expect(state.failedCommands).toEqual([{ command: 'serve', exitCode: 1 }])
  })

  it('reads a status that holds its fields', () => {
    const state = after(
      command('a'),
      result('run_command', { status: { complete: { exit_code: 3, output: '' } } }),
    )
    expect(state.failedCommands).toEqual([{ command: 'a', exitCode: 3 }])
  })

  it('counts files as edited once the edit succeeded, each once', () => {
    const edit = call('edit_files', { file_paths: ['a.ts', 'b.ts'] })
    const state = after(
      edit,
      result('edit_files'),
      edit,
      result('edit_files'),
      call('edit_files', { file_paths: ['c'] }),
      {
        type: 'tool_error',
        tool: undefined,
        error: 'no',
      },
    )
    expect(state).toMatchObject({
      editedFiles: ['a.ts', 'b.ts'],
      editedFileCount: 2,
      toolErrors: 1,
      pending: [],
    })
  })

  it('counts unknown types under their names, whatever the names are', () => {
    const unknown = (name: string): OzEvent => ({ type: 'unknown', name })
    const state = after(
      unknown('new'),
      unknown('new'),
      unknown('__proto__'),
      unknown('constructor'),
      unknown('x'.repeat(99)),
    )
    expect(state.unknownEvents).toEqual({ new: 2, '(other)': 2, constructor: 1 })
  })

  it('stays within bounds however long the run is', () => {
    let state = NO_EVENTS
    for (let round = 0; round < 2000; round++) {
      const events: OzEvent[] = [
        command(`c${round}`),
        ended(1),
        call('edit_files', { file_paths: [`f${round}`] }),
        result('edit_files'),
        { type: 'unknown', name: `u${round}` },
        { type: 'artifact_created', artifact: { type: 'file', filename: `${round}` } },
        call(`tool-${round}`),
      ]
      state = events.reduce(reduceEvent, state)
    }
    expect(state.failedCommands.length).toBe(50)
    expect(state.failedCommandCount).toBe(2000)
    expect(state.editedFiles.length).toBe(500)
    expect(state.editedFileCount).toBe(2000)
    expect(Object.keys(state.unknownEvents).length).toBe(51)
    expect(state.artifacts.length).toBe(200)
    expect(state.pending.length).toBeLessThanOrEqual(32)
  })
})
