import { expect } from 'vitest'
import { annotations, metaData, type NamedJob, outcomeOf, ozCalls, promptOf } from '../support/named-job.ts'

const DELICATE = `Say "it's" $HOME \${PATH} $(id) \`id\` \\n 100% \u{1f600}\n\n--second paragraph--\n\ttabs\n`

/** What stands in the YAML of a step: text that a shell would change, odd types, nothing at all. */
export const optionJobs: readonly NamedJob[] = [
  {
    name: 'a prompt with dollars, quotes, line breaks and more arrives as it is',
    uses: [{ prompt: DELICATE }],
    check(end) {
      expect(end.status).toBe(0)
      expect(promptOf(end)?.trimEnd()).toBe(DELICATE.trimEnd())
    },
  },
  {
    name: 'numbers and truth values as YAML reads them',
    uses: [{ prompt: 42, timeout: 5, share: 'me', summary: false, name: 2026 }],
    check(end) {
      expect(end.status).toBe(0)
      expect(promptOf(end)).toBe('42')
      expect(ozCalls(end, 'agent', 'run')[0]?.argv).toContain('--name=2026')
      expect(annotations(end)).toEqual([])
    },
  },
  {
    name: 'empty text counts as not given',
    uses: [{ prompt: 'x', model: '', mcp: [], 'annotation-context': '', 'meta-data-prefix': ' ' }],
    check(end) {
      expect(end.status).toBe(0)
      expect(Object.keys(metaData(end))).toContain('oz-agent:outcome')
    },
  },
  {
    name: 'nested lists, maps and wrong types: each is named',
    uses: [
      {
        prompt: { text: 'x' },
        share: [['team']],
        'pass-env': { A: 'b' },
        'label-suffix': 'perhaps',
        'annotation-context': 'x'.repeat(101),
        mask: [1],
        'warp-api-key': 7,
      },
    ],
    check(end) {
      expect(end.status).toBe(64)
      expect(end.ozCalls).toEqual([])
      for (const name of [
        'prompt',
        'share',
        'pass-env',
        'label-suffix',
        'annotation-context',
        'mask',
        'warp-api-key',
      ])
        expect(end.log).toMatch(new RegExp(`- ${name}: `))
    },
  },
  {
    name: 'an option without a value, where the agent hands over none: said',
    uses: [{ prompt: 'x', model: null }],
    check(end) {
      expect(end.status).toBe(64)
      expect(end.log).toContain('handed over no options')
    },
  },
  {
    name: 'the plugin without options: what is missing is said',
    plugins: (reference) => [reference],
    check(end) {
      expect(end.status).toBe(64)
      expect(end.log).toContain('nothing to do: give prompt')
    },
  },
  {
    name: 'a cloud run that succeeds',
    uses: [{ prompt: 'x', cloud: true, environment: 'env-1' }],
    oz: 'cloud-succeeded',
    check(end) {
      expect(end.status).toBe(0)
      expect(outcomeOf(end)).toBe('succeeded')
      expect(metaData(end)['oz-agent:run-id']).toMatch(/./)
      expect(annotations(end).at(-1)?.style).toBe('success')
    },
  },
  {
    name: 'a cloud run that fails, though the CLI ends with 0',
    uses: [{ prompt: 'x', cloud: true }],
    oz: 'cloud-failed',
    check(end) {
      expect(end.status).toBe(1)
      expect(outcomeOf(end)).toBe('agent-failed')
      expect(annotations(end).at(-1)?.style).toBe('error')
    },
  },
]
