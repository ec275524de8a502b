import { expect } from 'vitest'
import { annotations, headers, metaData, type NamedJob, ozCalls, promptOf } from '../support/named-job.ts'

/** Commands of steps that are awkward to run, or to tell of. */
export const commandJobs: readonly NamedJob[] = [
  {
    name: 'on-failure: several lines stop at the first that fails, as without the plugin',
    uses: [{ mode: 'on-failure' }],
    command: 'echo "line one"\nfalse\necho "line $((1 + 1))"',
    check(end) {
      expect(end.status).toBe(1)
      expect(end.log).not.toContain('line 2')
    },
  },
  {
    name: 'on-failure: a command of 300 characters without a slash runs as a command line',
    uses: [{ mode: 'on-failure' }],
    command: `echo ${'x'.repeat(280)} "and $((40 + 2))"`,
    check(end) {
      expect(end.status).toBe(0)
      expect(end.log).toContain('and 42')
    },
  },
  {
    name: 'on-failure: output of 100 MB is shown, and the agent gets its end',
    uses: [{ mode: 'on-failure' }],
    command:
      'yes "0123456789 0123456789 0123456789 0123456789" | head -c 100000000; echo "the last line"; exit 3',
    check(end) {
      expect(end.status).toBe(3)
      const prompt = promptOf(end) ?? ''
      expect(prompt).toContain('the last line')
      expect(prompt.length).toBeLessThan(40_000)
    },
  },
  {
    name: 'on-failure: binary output without a line break at its end',
    uses: [{ mode: 'on-failure' }],
    command: "printf 'before\\xff\\xfe\\x00\\x80 after \\xe2\\x82'; exit 3",
    check(end) {
      expect(end.status).toBe(3)
      expect(promptOf(end)).toContain('before')
      expect(promptOf(end)).toContain('after')
      // The next group begins on a line of its own.
      expect(headers(end).filter((line) => line.includes('The command failed with 3'))).toHaveLength(1)
    },
  },
  {
    name: 'on-failure: a line of a megabyte in letters of several bytes is cut between letters',
    uses: [{ mode: 'on-failure', 'context-bytes': 1_025 }],
    command: "head -c 1000000 /dev/zero | tr '\\0' x | sed 's/x/é/g'; exit 3",
    check(end) {
      expect(end.status).toBe(3)
      const prompt = promptOf(end) ?? ''
      expect(prompt).toContain('ééé')
      expect(prompt).not.toContain('\ufffd')
    },
  },
  {
    name: 'on-failure: a command ended by a signal',
    uses: [{ mode: 'on-failure' }],
    command: 'kill -KILL $$',
    check(end) {
      expect(end.status).toBe(137)
      expect(promptOf(end)).toContain('exit status 137')
    },
  },
  {
    name: 'on-failure: 125, which agents keep for themselves, becomes 1',
    uses: [{ mode: 'on-failure' }],
    command: 'exit 125',
    check(end) {
      expect(end.status).toBe(1)
      expect(promptOf(end)).toContain('exit status 125')
    },
  },
  {
    name: 'on-failure: 125 stays 125 where the agent lets it',
    uses: [{ mode: 'on-failure' }],
    command: 'exit 125',
    agent: { version: '3.120.0' },
    check: (end) => expect(end.status).toBe(125),
  },
  {
    name: 'on-failure: where an earlier hook went, the command runs',
    uses: [{ mode: 'on-failure' }],
    hooks: { 'pre-command': 'cd plugins' },
    command: 'test -d greeter-buildkite-plugin',
    check: (end) => expect(end.status).toBe(0),
  },
  {
    name: 'on-failure: where only files may run, one that is not executable is not made so',
    uses: [{ mode: 'on-failure' }],
    env: { BUILDKITE_COMMAND_EVAL: 'false' },
    place: 'vendored',
    command: 'check.sh',
    check: (end) => expect(end.status).not.toBe(0),
  },
  {
    name: 'on-failure: a child that stays behind does not hold up the step',
    uses: [{ mode: 'on-failure' }],
    command: 'sleep 80 & echo "left a child"; exit 4',
    check: (end) => expect(end.status).toBe(4),
  },
  {
    name: 'on-failure: the prompt file is gone when the command failed',
    uses: [{ mode: 'on-failure', 'prompt-file': 'prompt.md' }],
    command: 'rm prompt.md; exit 5',
    check(end) {
      expect(end.status).toBe(5)
      expect(promptOf(end)).toContain('- a prompt from a file')
    },
  },
  {
    name: 'on-failure: output that holds the key is shown and handed on without it',
    uses: [{ mode: 'on-failure' }],
    command: 'echo "the key is $WARP_API_KEY."; exit 6',
    check(end) {
      expect(end.status).toBe(6)
      expect(end.log).not.toContain('0123456789abcdef0123456789abcdef')
      expect(promptOf(end)).toContain('the key is ***.')
    },
  },
  {
    name: 'on-failure: what the log of the job masks does not reach the agent, the annotation or the files',
    uses: [{ mode: 'on-failure', 'env-policy': 'inherit' }],
    env: {
      BUILDKITE_REDACTED_VARS: '*_PASSWORD',
      DB_PASSWORD: 'hunter2-of-the-db',
      REGISTRY_LOGIN: 'login-of-the-registry',
      BUILDKITE_AGENT_ACCESS_TOKEN: 'token-of-the-runner',
      BUILDKITE_SECRETS_CONFIG: '',
    },
    // Exported by a hook, as Buildkite's own bootstrap would look the secret up at its server.
    hooks: {
      'pre-command': `export BUILDKITE_SECRETS_CONFIG='[{"key":"REGISTRY_LOGIN","environment_variable":"REGISTRY_LOGIN"}]'`,
    },
    command:
      'echo "$DB_PASSWORD $REGISTRY_LOGIN $BUILDKITE_AGENT_ACCESS_TOKEN and no more"; : login-of-the-registry; exit 6',
    oz: {
      steps: [{ message: 'It holds hunter2-of-the-db and login-of-the-registry and token-of-the-runner.' }],
    },
    check(end) {
      const secrets = /hunter2-of-the-db|login-of-the-registry|token-of-the-runner/
      expect(end.status).toBe(6)
      expect(promptOf(end)).toContain('*** *** *** and no more')
      expect(promptOf(end)).not.toMatch(secrets)
      const files = ['result.json', 'transcript.ndjson'].map((name) => end.artifact(`oz-agent/${name}`))
      expect(JSON.stringify([files, metaData(end), annotations(end)])).not.toMatch(secrets)
    },
  },
  {
    name: "the step's secrets are kept from the agent, unless they are passed",
    uses: [{ prompt: 'x', 'pass-env': ['REGISTRY_LOGIN'] }],
    hooks: {
      'pre-command': [
        `export BUILDKITE_SECRETS_CONFIG='[{"key":"REGISTRY_LOGIN"},{"key":"DATABASE_URL"}]'`,
        'export REGISTRY_LOGIN=login-of-the-registry DATABASE_URL=postgres://the-database',
      ].join('\n'),
    },
    check(end) {
      const names = ozCalls(end, 'agent', 'run')[0]?.env_names
      expect(names).toContain('REGISTRY_LOGIN')
      expect(names).not.toContain('DATABASE_URL')
    },
  },
]
