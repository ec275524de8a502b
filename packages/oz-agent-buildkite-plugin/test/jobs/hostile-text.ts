import { expect } from 'vitest'
import { KEY } from '../support/job.ts'
import { annotations, headers, type NamedJob } from '../support/named-job.ts'

const forms = [
  KEY,
  Buffer.from(KEY).toString('base64'),
  Buffer.from(KEY).toString('hex'),
  encodeURIComponent(KEY),
]

const UNSEEN = /\x1b\[31m|\\u001b\[31m|[\u00ad\u200b\ufeff]|[\u{e0000}-\u{e007f}]/gu
const torn = ['\u200b', '\u00ad', '\ufeff', '\u{e0041}', '\x1b[31m'].map((mark) => [...KEY].join(mark))

/** Agents that try to speak to Buildkite, or to give secrets away. */
export const hostileJobs: readonly NamedJob[] = [
  {
    name: 'text that begins with --- and +++ and ^^^ +++, OSC codes, and timestamps',
    oz: 'forge-buildkite',
    check(end) {
      expect(end.status).toBe(0)
      expect(
        headers(end).filter((line) => /forged (open |dim )?group|second line|timestamp/.test(line)),
      ).toEqual([])
      // The agent itself opens no group again in a job that passes.
      expect(headers(end).filter((line) => line.startsWith('^^^'))).toEqual([])
      expect(end.log).not.toContain("content='forged link'")
      expect(end.log).not.toContain(']1338;')
      expect(end.log).not.toContain('\x1b_bk')
      expect(end.log).toContain(' --- forged group')
    },
  },
  {
    name: 'the key in the output, in every form',
    oz: 'leak-key',
    check(end) {
      const seen = [
        end.log,
        ...annotations(end).map(({ body }) => body ?? ''),
        end.artifact('oz-agent/result.json'),
        end.artifact('oz-agent/transcript.ndjson'),
      ].join('\n')
      for (const form of forms) expect(seen).not.toContain(form)
      expect(JSON.stringify(end.calls.filter(({ name }) => name !== 'redactor add'))).not.toContain(KEY)
    },
  },
  {
    name: 'the key in pieces, between which nothing is seen',
    oz: { steps: torn.flatMap((text) => [{ message: `It is ${text}.` }, { print: text }]) },
    check(end) {
      expect(end.status).toBe(0)
      const seen = [
        end.log,
        ...annotations(end).map(({ body }) => body ?? ''),
        end.artifact('oz-agent/result.json'),
        end.artifact('oz-agent/transcript.ndjson'),
        JSON.stringify(end.calls.filter(({ name }) => name !== 'redactor add')),
      ].join('\n')
      expect(seen.replace(UNSEEN, '')).not.toContain(KEY)
      expect(annotations(end).at(-1)?.body).toContain('***')
    },
  },
  {
    name: 'the environment of the job, of which the agent has no token',
    oz: 'dump-env',
    env: {
      DEPLOY_TOKEN: 'token-of-the-deployment',
      COPY_OF_TOKEN: 'token-of-the-deployment',
      BUILDKITE_REDACTED_VARS: '*_TOKEN,*_PASSWORD',
      OTHER: 'seen by the agent',
    },
    check({ ozCalls }) {
      const names = ozCalls.find(({ argv }) => argv[0] === 'agent')?.env_names ?? []
      expect(names).toContain('OTHER')
      expect(names).toContain('BUILDKITE_BRANCH')
      expect(names).not.toContain('DEPLOY_TOKEN')
      expect(names).not.toContain('COPY_OF_TOKEN')
      expect(names).not.toContain('BUILDKITE_AGENT_JOB_API_TOKEN')
      expect(names.filter((name) => /^BUILDKITE_PLUGIN(S$|_)/.test(name))).toEqual([])
    },
  },
]
