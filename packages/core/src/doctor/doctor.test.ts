import { expect, test } from 'vitest'
import { RunnerError } from '../errors.ts'
import type { Files } from '../ports.ts'
import { fakeDoctorContext } from '../testing/fake-doctor-context.ts'
import { FakeProcesses } from '../testing/fake-processes.ts'
import { FakeClock, fakeMachine } from '../testing/fakes.ts'
import { DOCTOR_LIMIT } from './context.ts'
import { relevantChecks, runDoctor } from './doctor.ts'
import type { ProblemCode } from './finding.ts'
import { doctorReportSchema, exitCodeOf, renderDoctor } from './report.ts'

/** A file system that answers at once, so that what does not hang is done before the clock moves. */
function promptFiles(): Files {
  return {
    ...fakeDoctorContext().ports.files,
    info: async (path) =>
      path === '/etc/alpine-release' ? undefined : { kind: 'folder', size: 0, mode: 0o755, modified: 0 },
    list: async () => [],
    readText: async () => '',
    makeTempFolder: async (prefix) => `${prefix}1`,
    write: async () => {},
    remove: async () => {},
    freeSpace: async () => 10 ** 12,
  }
}

const never = () => new Promise<never>(() => {})

test('when every host, program and search hangs, it still ends within its limit and says so', async () => {
  const processes = new FakeProcesses()
  processes.answer = never
  const clock = new FakeClock()
  const context = fakeDoctorContext({
    ports: { clock, files: promptFiles(), processes, http: { request: never } },
    cli: never,
    limit: 150,
  })
  const running = runDoctor(context)
  await clock.advance(150)
  const report = await running
  expect(report.duration_ms).toBe(150)
  const late = report.findings.filter(({ summary }) => summary === 'no result within 150ms')
  expect(late.map(({ id }) => id)).toEqual([
    'arguments',
    'cli',
    'account',
    'host:app.warp.dev',
    'host:rtc.app.warp.dev',
    'host:sessions.app.warp.dev',
    'host:releases.warp.dev',
    'working-folder',
  ])
  expect(report.exit_code).toBe(75)
})

test('the limit of a real run leaves time to start and to print within ten seconds', () => {
  expect(DOCTOR_LIMIT).toBeLessThanOrEqual(8_000)
})

const CODES: Record<string, [(ProblemCode | null)[], number]> = {
  'nothing is wrong': [[null, null], 0],
  'a wrong input': [['invalid-input'], 64],
  'a machine that cannot run it': [['unavailable'], 69],
  'no permission': [['not-permitted'], 77],
  'a passing fault': [['temporary'], 75],
  'a wrong input is worst': [['temporary', 'not-permitted', 'unavailable', 'invalid-input'], 64],
  'what no retry helps is worse': [['temporary', 'unavailable'], 69],
  'a key is worse than a network': [['temporary', 'not-permitted'], 77],
}

test.each(Object.entries(CODES))('exit code: %s', (_, [codes, expected]) => {
  expect(exitCodeOf(codes.map((code) => ({ code })))).toBe(expected)
})

test('a check that throws is a warning about itself, and the others are reported', async () => {
  const processes = new FakeProcesses()
  const context = fakeDoctorContext({
    ports: { processes, http: { request: () => Promise.reject(new TypeError('bug')) } },
  })
  const report = await runDoctor(context, ['network', 'inputs'])
  expect(report.findings.map(({ status }) => status)).toEqual([
    'ok',
    'ok',
    'warning',
    'warning',
    'warning',
    'warning',
  ])
  expect(report.exit_code).toBe(0)
})

test('no secret is in the report, in whatever finding it would stand', async () => {
  const context = fakeDoctorContext({
    secrets: ['hunter2hunter2'],
    keyProblem: new RunnerError('not-permitted', 'hunter2hunter2 cannot be read', {
      remedy: 'hunter2hunter2',
    }),
    facts: [{ title: 'hunter2hunter2', finding: { status: 'ok', summary: 'aHVudGVyMmh1bnRlcjI=' } }],
  })
  const report = await runDoctor(context, ['account', 'ci'])
  expect(JSON.stringify(report)).not.toMatch(/hunter2|aHVudGVy/)
})

test('the report follows its schema and reads as a table', async () => {
  const context = fakeDoctorContext({
    inputProblems: [
      { name: 'timeout', message: 'expected a duration' },
      { name: 'share', message: 'expected a list' },
    ],
    facts: [
      {
        title: 'Rights',
        finding: { status: 'warning', summary: 'the token may only read', repair: 'Grant write.' },
      },
      { title: 'Fork', finding: { status: 'skipped', summary: 'no pull request' } },
    ],
    ports: { machine: fakeMachine({ nodeVersion: '24.1.0' }) },
  })
  const report = await runDoctor(context, ['inputs', 'ci'])
  expect(doctorReportSchema.parse(report)).toEqual(report)
  expect(renderDoctor(report)).toBe(
    [
      '✗ problem  Inputs  timeout: expected a duration',
      '                   share: expected a list',
      '                   → Correct the inputs named here.',
      '✓ ok       CI      generic',
      '! warning  Rights  the token may only read',
      '                   → Grant write.',
      '- skipped  Fork    no pull request',
      '',
      '1 problem, 1 warning: a step would end with 64.',
      '',
    ].join('\n'),
  )
})

test('a step that failed looks at what its outcome may come from', () => {
  expect(relevantChecks('temporary')).toContain('network')
  expect(relevantChecks('unavailable')).toContain('machine')
  expect(relevantChecks('not-permitted')).toContain('account')
  expect(relevantChecks('agent-failed')).toEqual([])
  expect(relevantChecks('succeeded')).toEqual([])
})
