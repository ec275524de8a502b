import { expect } from 'vitest'
import { annotations, headers, type NamedJob, outcomeOf, ozCalls } from '../support/named-job.ts'

/** Stands for a tracer that the plugin's own Node cannot load. */
const STOPS_THE_PLUGIN =
  '--import=data:text/javascript,/(command|preExit)\\.js$/.test(process.argv[1])&&process.exit(9)'

/** Where the plugin comes from, what stands beside it, and what it finds on the machine. */
export const surroundingJobs: readonly NamedJob[] = [
  {
    name: 'from a sub-folder of a repository',
    place: 'sub-folder',
    since: { version: '3.108.0', why: 'sub-folders came with 3.108' },
    check: (end) => expect(outcomeOf(end)).toBe('succeeded'),
  },
  {
    name: 'vendored in the repository that is built',
    place: 'vendored',
    check: (end) => expect(outcomeOf(end)).toBe('succeeded'),
  },
  {
    name: 'vendored: a hook that the agent rewrites does not run, and is told',
    place: 'vendored',
    oz: {
      steps: [
        {
          edit: {
            path: '.buildkite/plugins/oz-agent/hooks/pre-exit',
            content: '#!/bin/bash\necho "the agent has $BUILDKITE_AGENT_ACCESS_TOKEN"\n',
          },
        },
        { message: 'Done.' },
      ],
    },
    check(end) {
      expect(outcomeOf(end)).toBe('succeeded')
      expect(end.log).not.toMatch(/^the agent has/m)
      expect(end.log).toContain('put back, as later hooks of this job run them')
      expect(end.log).toContain('hooks/pre-exit')
    },
  },
  {
    name: 'checked by the agent against plugin.yml: right options',
    env: { BUILDKITE_PLUGIN_VALIDATION: 'true' },
    uses: [{ prompt: 'x', share: ['team:edit'], timeout: '10m', 'context-lines': 5, mode: 'on-failure' }],
    command: 'true',
    check: (end) => expect(end.status).toBe(0),
  },
  {
    name: 'checked by the agent against plugin.yml: a wrong option',
    env: { BUILDKITE_PLUGIN_VALIDATION: 'true' },
    uses: [{ promt: 'x' }],
    check(end) {
      expect(end.status).not.toBe(0)
      expect(end.ozCalls).toEqual([])
      expect(end.log).toContain('promt')
    },
  },
  {
    name: 'two uses in one step',
    uses: [{ prompt: 'first' }, { prompt: 'second' }],
    // Later agents run only the first one by default.
    env: { BUILDKITE_STRICT_SINGLE_HOOKS: 'false' },
    check(end) {
      expect(end.status).toBe(0)
      expect(ozCalls(end, 'agent', 'run')).toHaveLength(2)
      expect([outcomeOf(end), outcomeOf(end, 'oz-agent-2')]).toEqual(['succeeded', 'succeeded'])
      expect(new Set(annotations(end).map(({ context }) => context))).toEqual(
        new Set(['oz-agent-step-1', 'oz-agent-step-1-2']),
      )
    },
  },
  {
    name: 'beside another plugin with a command hook',
    otherPlugins: ['./plugins/greeter-buildkite-plugin'],
    env: { BUILDKITE_STRICT_SINGLE_HOOKS: 'false' },
    place: 'vendored',
    check(end) {
      expect(end.status).toBe(0)
      expect(end.log).toContain('the greeter says hello')
      expect(outcomeOf(end)).toBe('succeeded')
    },
  },
  {
    name: 'without Node on PATH',
    node: 'none',
    check(end) {
      expect(end.status).toBe(69)
      expect(headers(end)).toContain('+++ :x: Oz: Node 22.15 or later is needed')
      expect(end.log).toContain('Install Node 22.15 or later')
    },
  },
  {
    name: 'on-failure without Node on PATH: the command runs all the same',
    uses: [{ mode: 'on-failure' }],
    command: 'echo "it is $((40 + 2))"; exit 7',
    node: 'none',
    check(end) {
      expect(end.status).toBe(7)
      expect(end.log).toContain('it is 42')
      expect(end.ozCalls).toEqual([])
    },
  },
  {
    name: 'NODE_OPTIONS of the job reach the command and the agent, not the plugin',
    uses: [{ mode: 'on-failure' }],
    env: { NODE_OPTIONS: STOPS_THE_PLUGIN },
    command: 'echo "options: $NODE_OPTIONS"; exit 7',
    check(end) {
      expect(end.status).toBe(7)
      expect(end.log).toContain(`options: ${STOPS_THE_PLUGIN}`)
      expect(outcomeOf(end)).toBe('succeeded')
    },
  },
  {
    name: 'with the oldest Node that will do',
    node: 'oldest',
    check: (end) => expect(outcomeOf(end)).toBe('succeeded'),
  },
  {
    name: 'with an old Node on PATH',
    node: 'old',
    check(end) {
      expect(end.status).toBe(69)
      expect(end.log).toContain('version v22.14.0')
    },
  },
]
