import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { jobWith } from './support.ts'

const NAMES = ['env', 'path', 'state', 'output', 'summary'] as const

/** What an agent under the same user does, who has found the folder of the runner's files. */
const ATTACK = `
set -e
root=$(dirname "$PWD")
printf 'NODE_OPTIONS=--require=/tmp/evil.js\\nBASH_ENV=/tmp/evil\\n' >> "$root/github_env"
echo /tmp/evil-bin >> "$root/github_path"
echo 'oz_agent_folder=/tmp/evil.json' >> "$root/github_state"
printf 'outcome=forged\\nsecond=forged\\n' >> "$root/github_output"
echo '# Forged' >> "$root/github_summary"
`
const FIFOS = `
set -e
root=$(dirname "$PWD")
for name in env path state output summary; do rm "$root/github_$name"; mkfifo "$root/github_$name"; done
`
const TOKENS = `
pid=$PPID
while [ "$pid" -gt 1 ]; do
  if tr '\\0' '\\n' < /proc/$pid/environ | grep -q '^GITHUB_OUTPUT='; then
    tr '\\0' '\\n' < /proc/$pid/environ | sed -n 's/^ACTIONS_.*=/seen: /p'
    break
  fi
  pid=$(sed 's/.*) //' /proc/$pid/stat | cut -d' ' -f2)
done
`

const run = (command: string) => ({ steps: [{ run: { command } }, { message: 'Done.' }] })

describe('an agent of the same user', () => {
  let job: Awaited<ReturnType<typeof jobWith>>
  afterEach(() => job.runner.remove())

  test('leaves nothing in the command files', async () => {
    job = await jobWith(run(ATTACK))
    const { runner } = job
    const end = await runner.run(job.inputs)
    expect(end.exitCode, end.log).toBe(0)
    const [env, path, state, output, summary] = NAMES.map((name) =>
      readFileSync(runner.commandFile(name), 'utf8'),
    )
    expect([env, path]).toEqual(['', ''])
    expect(runner.values('state')).toEqual({ oz_agent_folder: expect.stringContaining(runner.temp) })
    expect(runner.outputs()).toMatchObject({ outcome: 'succeeded' })
    expect([state, output, summary].join()).not.toMatch(/evil|forged/i)
    for (const [name, lines] of [
      ['ENV', '2 lines'],
      ['PATH', '1 line'],
      ['STATE', '1 line'],
      ['OUTPUT', '2 lines'],
    ]) {
      expect(end.log).toMatch(new RegExp(`::warning::GITHUB_${name} .* ${lines} did not come`))
    }
    expect(
      end.log
        .split('\n')
        .filter((line) => line.startsWith('::warning'))
        .join(),
    ).not.toContain('evil')
  })

  test('cannot stop the step with FIFOs in their places', async () => {
    job = await jobWith(run(FIFOS))
    const end = await job.runner.run(job.inputs)
    expect(end.exitCode, end.log).toBe(0)
    expect(job.runner.outputs().outcome).toBe('succeeded')
    expect(job.runner.summary()).toContain('succeeded')
    expect(end.log).toContain('no regular file')
  })

  test('keeps what it was given on purpose', async () => {
    job = await jobWith(run('echo "A=1" >> "$GITHUB_ENV"'))
    const end = await job.runner.run({ ...job.inputs, pass_env: 'GITHUB_ENV' })
    expect(end.exitCode, end.log).toBe(0)
    expect(readFileSync(job.runner.commandFile('env'), 'utf8')).toBe('A=1\n')
  })

  test.runIf(process.platform === 'linux')(
    'reads no token in what the system shows of the step',
    async () => {
      job = await jobWith(run(TOKENS))
      const end = await job.runner.run(job.inputs, {
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'oidc-0123456789',
        ACTIONS_RUNTIME_TOKEN: 'runtime-0123456789',
      })
      expect(end.exitCode, end.log).toBe(0)
      expect(end.log).toContain('seen: ***')
      expect(end.log).not.toMatch(/oidc-0123|runtime-0123/)
    },
  )
})
