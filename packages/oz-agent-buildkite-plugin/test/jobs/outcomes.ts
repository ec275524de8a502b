import { expect } from 'vitest'
import { annotations, metaData, type NamedJob, outcomeOf, ozCalls, promptOf } from '../support/named-job.ts'

const PROMPT = { prompt: 'Say hello' }

/** How the agent can end, and what a person and later steps then see. */
export const outcomeJobs: readonly NamedJob[] = [
  {
    name: 'an agent that succeeds: annotation, meta-data, artifacts, label',
    uses: [{ ...PROMPT, share: ['team:view'], 'label-suffix': true }],
    env: { BUILDKITE_STEP_KEY: 'review' },
    oz: {
      session_url: 'https://app.warp.dev/session/1',
      steps: [
        { wait: '500ms' },
        { edit: { path: 'greeting.txt', content: 'good morning\n' } },
        { message: 'Polite now.' },
      ],
    },
    check(end) {
      expect(end.status).toBe(0)
      expect(outcomeOf(end)).toBe('succeeded')
      const shown = annotations(end)
      expect(new Set(shown.map(({ context }) => context))).toEqual(new Set(['oz-agent-review']))
      expect(new Set(shown.slice(0, -1).map(({ style }) => style))).toEqual(new Set(['info']))
      expect(shown[0]?.body).toMatch(/Oz is working in \*\*Oz\*\*\.\n\n\[/)
      expect(shown.at(-1)?.body).toContain('https://app.warp.dev/session/1')
      expect(shown.at(-1)).toMatchObject({ style: 'success', body: expect.stringContaining('Polite now.') })
      expect(shown.at(-1)?.body).toContain('artifact://oz-agent/changes.patch')
      expect(metaData(end)).toMatchObject({
        'oz-agent:review:outcome': 'succeeded',
        'oz-agent:review:exit-code': '0',
      })
      expect(end.artifact('oz-agent/changes.patch')).toContain('+good morning')
      expect(end.artifact('oz-agent/transcript.ndjson')).toContain('Polite now.')
      expect(end.calls).toContainEqual(
        expect.objectContaining({ value: 'Oz · Oz succeeded :white_check_mark:' }),
      )
      expect(ozCalls(end, 'report-shutdown')).toHaveLength(1)
    },
  },
  {
    name: 'an agent that changes nothing: no patch',
    check(end) {
      expect(end.status).toBe(0)
      expect(end.calls.find(({ name }) => name === 'artifact upload')?.paths).toEqual([
        'oz-agent/result.json',
        'oz-agent/transcript.ndjson',
      ])
    },
  },
  {
    name: 'an agent that fails',
    oz: 'agent-error',
    check(end) {
      expect(end.status).toBe(1)
      expect(outcomeOf(end)).toBe('agent-failed')
      expect(annotations(end).at(-1)?.style).toBe('error')
      expect(end.log).toContain('The agent could not go on')
    },
  },
  {
    name: 'an agent that says nothing',
    oz: 'no-output',
    check(end) {
      expect(end.status).toBe(3)
      expect(outcomeOf(end)).toBe('no-output')
    },
  },
  {
    name: 'a prompt from a file that begins like an option',
    uses: [{ 'prompt-file': 'prompt.md' }],
    check(end) {
      expect(end.status).toBe(0)
      expect(promptOf(end)).toBe('- a prompt from a file\n')
    },
  },
  {
    name: 'options of 60 kB',
    uses: [{ prompt: `Read this: ${'0123456789 '.repeat(5_500)}` }],
    check(end) {
      expect(end.status).toBe(0)
      expect(promptOf(end)?.length).toBeGreaterThan(60_000)
    },
  },
]
