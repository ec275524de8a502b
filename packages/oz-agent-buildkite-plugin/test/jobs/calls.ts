import { expect } from 'vitest'
import { KEY } from '../support/job.ts'
import type { NamedJob } from '../support/named-job.ts'
import type { Misbehaviour, StubBehaviour } from '../support/stub-agent.ts'

const HOW: Readonly<Record<Misbehaviour, { readonly title: string; readonly reason: RegExp }>> = {
  fail: { title: 'ends with 1', reason: /ended with 1: fatal: 500/ },
  unknown: { title: 'is a command that this agent does not have', reason: /ended with 3: No help topic/ },
  hang: { title: 'hangs', reason: /gave no answer within \d+ ms/ },
}

/** The calls whose failure is told and changes nothing. An upload may take two minutes: too long for a job here. */
const CALLS: readonly {
  readonly call: keyof StubBehaviour
  readonly told: string
  readonly hows: readonly Misbehaviour[]
}[] = [
  { call: 'annotate', told: 'the annotation', hows: ['fail', 'unknown', 'hang'] },
  { call: 'meta-data set', told: 'meta-data oz-agent:outcome', hows: ['fail', 'unknown', 'hang'] },
  { call: 'artifact upload', told: 'the artifacts', hows: ['fail', 'unknown'] },
  { call: 'step update', told: "the step's label", hows: ['fail', 'unknown', 'hang'] },
  { call: 'redactor add', told: 'could not be asked to hide a secret', hows: ['fail', 'unknown', 'hang'] },
]

/** The hooks' own calls of the Buildkite agent, each failing alone in each way. */
export const callJobs: readonly NamedJob[] = [
  ...CALLS.flatMap(({ call, told, hows }) =>
    hows.map(
      (how): NamedJob => ({
        name: `${call} ${HOW[how].title}: told, and the step succeeds`,
        agent: { [call]: how },
        uses: [{ prompt: 'x', 'label-suffix': true }],
        // Without it the command for the redactor is not needed.
        env: { BUILDKITE_AGENT_NO_JOB_API: 'true' },
        check(end) {
          expect(end.status).toBe(0)
          const line = end.log.split('\n').find((each) => each.includes(told)) ?? ''
          expect(line).toContain(told)
          expect(line).toMatch(HOW[how].reason)
          expect(end.log).not.toContain(KEY)
        },
      }),
    ),
  ),
  {
    name: 'no call of the agent works: the step succeeds all the same',
    agent: {
      annotate: 'fail',
      'meta-data set': 'unknown',
      'artifact upload': 'fail',
      'redactor add': 'unknown',
      'step update': 'fail',
    },
    uses: [{ prompt: 'x', 'label-suffix': true }],
    check: (end) => expect(end.status).toBe(0),
  },
  ...(['fail', 'unknown', 'hang'] as const).map(
    (how): NamedJob => ({
      name: `secret get ${HOW[how].title}: no key, which is told`,
      uses: [{ prompt: 'x', 'warp-api-key': 'MY_KEY' }],
      agent: { 'secret get': how },
      check(end) {
        expect(end.status).toBe(77)
        expect(end.log).toContain('no Buildkite secret MY_KEY could be read')
        expect(end.log).toMatch(HOW[how].reason)
      },
    }),
  ),
  {
    name: 'without Job API: the key is handed over by the command, before anything else is called',
    env: { BUILDKITE_AGENT_NO_JOB_API: 'true' },
    check(end) {
      expect(end.status).toBe(0)
      expect(end.calls[0]?.name).toBe('redactor add')
    },
  },
]
