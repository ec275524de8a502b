import { expect, test } from 'vitest'
import type { CompletedProcess } from '../ports.ts'
import { fakeDoctorContext } from '../testing/fake-doctor-context.ts'
import { completed, FakeProcesses } from '../testing/fake-processes.ts'
import { account } from './account.ts'

const failed = (stderr: string) => completed({ exit: { kind: 'code', code: 1 }, stderr })
const said = (answer: object) => completed({ stdout: `${JSON.stringify({ uid: 'u', ...answer })}\n` })

const ROWS: Record<string, [CompletedProcess, status: string, summary: RegExp, code?: string]> = {
  'a team key': [
    said({ type: 'service_account', team_names: ['Platform'] }),
    'ok',
    /^team key \(service account\) of Platform$/,
  ],
  'a team key of two teams': [said({ type: 'service_account', team_names: ['A', 'B'] }), 'ok', / of A, B$/],
  'a personal key shows no address': [
    said({ type: 'user', email: 'dev@example.com' }),
    'ok',
    /^personal key \(user\)$/,
  ],
  'a personal key within a workspace': [said({ type: 'user', workspace_name: 'W' }), 'ok', / of W$/],
  'a kind that came later': [said({ type: 'robot' }), 'ok', /^robot$/],
  'other lines around the answer': [completed({ stdout: 'note\n{"type":"user"}\n' }), 'ok', /personal/],
  'a team name that holds escape codes': [
    said({ type: 'user', team_names: ['\u001b[31mX\n::error::'] }),
    'ok',
    /of X ::error::$/,
  ],
  'an answer that is no JSON': [completed({ stdout: 'hello\n' }), 'warning', /form that is not known/],
  'a key that is refused': [
    failed('the API key is invalid'),
    'problem',
    /refused the API key/,
    'not-permitted',
  ],
  'a key that is expired': [
    failed('error: API key has expired'),
    'problem',
    /refused the API key/,
    'not-permitted',
  ],
  'a network that fails': [failed('connection refused'), 'problem', /network/, 'temporary'],
  'a server that fails': [failed('503 service unavailable'), 'problem', /5xx/, 'temporary'],
  'another failure': [
    failed('something else\nmore'),
    'problem',
    /^whoami failed: something else$/,
    'not-permitted',
  ],
  'no word at all': [failed(''), 'problem', /it said nothing/, 'not-permitted'],
  'a crash': [
    completed({ exit: { kind: 'signal', signal: 'SIGSEGV' } }),
    'problem',
    /whoami failed/,
    'not-permitted',
  ],
  'no answer in time': [completed({ timedOut: true }), 'problem', /in time/, 'temporary'],
}

test.each(Object.entries(ROWS))('%s', async (_, [answer, status, summary, code]) => {
  const processes = new FakeProcesses()
  processes.answer = () => answer
  const finding = await account.run(fakeDoctorContext({ ports: { processes } }))
  expect(finding).toMatchObject({ status, summary: expect.stringMatching(summary), ...(code && { code }) })
})

test('the key is in the environment and never an argument', async () => {
  const processes = new FakeProcesses()
  await account.run(fakeDoctorContext({ ports: { processes }, env: { SECRET: 'x' } }))
  const [command] = processes.ran
  expect(command?.env.WARP_API_KEY).toBe('wk-0123456789')
  expect(command?.args.join(' ')).not.toContain('wk-')
})

test('without a key or a CLI nothing is asked', async () => {
  const processes = new FakeProcesses()
  const noKey = await account.run(fakeDoctorContext({ ports: { processes }, key: undefined }))
  const noCli = await account.run(
    fakeDoctorContext({ ports: { processes }, cli: async () => ({ kind: 'absent', why: 'none' }) }),
  )
  expect([noKey.status, noCli.status]).toEqual(['skipped', 'skipped'])
  expect(processes.ran).toEqual([])
})
