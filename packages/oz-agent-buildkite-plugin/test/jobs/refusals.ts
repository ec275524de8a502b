import { expect } from 'vitest'
import { KEY } from '../support/job.ts'
import { annotations, headers, type NamedJob, outcomeOf } from '../support/named-job.ts'

/** What is refused before anything is started. */
export const refusalJobs: readonly NamedJob[] = [
  {
    name: 'wrong options: all of them at once, with what was meant',
    uses: [{ promt: 'x', mode: 'on-fail', saved_prompt: 'y', timeout: 'soon', 'context-lines': 0 }],
    check(end) {
      expect(end.status).toBe(64)
      expect(end.ozCalls).toEqual([])
      expect(end.log).toContain('promt: there is no such option. Did you mean "prompt"?')
      expect(end.log).toContain('saved_prompt: there is no such option. Did you mean "saved-prompt"?')
      expect(end.log).toContain('mode: expected one of agent, on-failure')
      expect(end.log).toContain('timeout: expected a duration')
      expect(end.log).toContain('context-lines: expected a whole number')
      expect(annotations(end).at(-1)?.style).toBe('error')
      expect(headers(end).some((line) => line.startsWith('+++'))).toBe(true)
    },
  },
  {
    name: 'a key in the pipeline instead of its name, which is not shown',
    uses: [{ prompt: 'x', 'warp-api-key': 'wk-2.deadbeefdeadbeefdeadbeefdeadbeef' }],
    check(end) {
      expect(end.status).toBe(64)
      expect(end.log).toContain('warp-api-key: this is a key itself')
      expect(end.log).not.toContain('deadbeef')
      expect(end.ozCalls).toEqual([])
    },
  },
  {
    name: 'no key',
    without: ['WARP_API_KEY'],
    check(end) {
      expect(end.status).toBe(77)
      expect(outcomeOf(end)).toBe('not-permitted')
      expect(end.log).toContain('Keep it as a Buildkite secret named WARP_API_KEY')
    },
  },
  {
    name: 'a named key that is nowhere, though another key is there',
    uses: [{ prompt: 'x', 'warp-api-key': 'MY_KEY' }],
    check(end) {
      expect(end.status).toBe(77)
      expect(end.log).toContain('no variable MY_KEY is set, and no Buildkite secret MY_KEY could be read')
    },
  },
  {
    name: 'no key in a build of a fork: skipped, not failed',
    without: ['WARP_API_KEY'],
    env: { BUILDKITE_PULL_REQUEST_REPO: 'https://git.example.com/somebody/project.git' },
    check(end) {
      expect(end.status).toBe(0)
      expect(outcomeOf(end)).toBe('skipped')
      expect(annotations(end).at(-1)?.style).toBe('info')
    },
  },
  {
    name: 'a key by the name of a variable',
    uses: [{ prompt: 'x', 'warp-api-key': 'MY_KEY' }],
    without: ['WARP_API_KEY'],
    env: { MY_KEY: KEY },
    check(end) {
      expect(end.status).toBe(0)
      expect(end.ozCalls.find(({ argv }) => argv[0] === 'agent')?.env_names).not.toContain('MY_KEY')
    },
  },
  {
    name: 'a key by the name of a Buildkite secret',
    uses: [{ prompt: 'x', 'warp-api-key': 'my_oz_key' }],
    without: ['WARP_API_KEY'],
    agent: { secrets: { my_oz_key: KEY } },
    check: (end) => expect(end.status).toBe(0),
  },
  {
    name: 'a command that the agent would silently replace',
    command: 'echo "tests ran"',
    check(end) {
      expect(end.status).toBe(64)
      expect(end.log).toContain('mode: the step has a command, which would not run')
    },
  },
  {
    name: 'a command that the agent replaces as its user says',
    command: 'echo "tests ran"',
    uses: [{ prompt: 'x', mode: 'agent' }],
    check: (end) => expect(end.status).toBe(0),
  },
]
