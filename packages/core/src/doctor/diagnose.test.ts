import { expect, test } from 'vitest'
import type { CiAdapter } from '../ci.ts'
import { spell } from '../contract/names.ts'
import { parseInputs } from '../contract/parse-inputs.ts'
import { HttpError } from '../http/http.ts'
import { fakeDoctorContext } from '../testing/fake-doctor-context.ts'
import { FakeStopSignals, RecordingSink } from '../testing/fakes.ts'
import { PlainLogFormat } from '../testing/staged-run.ts'
import { diagnose } from './doctor.ts'

const adapter: CiAdapter = {
  ci: {
    name: 'generic',
    jobUrl: undefined,
    commit: undefined,
    limits: { outputBytes: 1, logBytes: 1, summaryBytes: 1 },
    windDown: { cancelGrace: 1, deadlineGrace: 1 },
    env: { PATH: '/nowhere' },
    checkout: '/',
    resultFolder: '/nowhere',
    stepFolder: '/nowhere',
    toolFolder: undefined,
    nameOf: (id) => spell(id, 'snake'),
    lenientInputs: false,
    debug: false,
    defaultTimeout: undefined,
    isInternalVariable: () => false,
    keylessByDesign: () => undefined,
    keyRemedy: 'Store it as a secret.',
  },
  inputs: { raw: {} },
  reporter: {
    mask: () => {
      throw new Error('the step has masked its secrets already')
    },
    publish: async () => {},
  },
  logFormat: new PlainLogFormat(),
}

const unreachable = () => Promise.reject(new HttpError('name', 'No such name.'))
const ports = {
  ...fakeDoctorContext({ ports: { http: { request: unreachable } } }).ports,
  stop: new FakeStopSignals(),
  log: new RecordingSink(),
}
const received = {
  parsed: parseInputs({}, adapter.ci.nameOf),
  key: { key: 'wk-0123456789', source: 'WARP_API_KEY' },
  keyProblem: undefined,
  secrets: ['wk-0123456789'],
}

test('a step that the network failed is told which host, and only what is wrong', async () => {
  const table = await diagnose('temporary', adapter, ports, received)
  expect(table).toContain('✗ problem  app.warp.dev')
  expect(table).not.toContain('✓')
  expect(table).not.toContain('wk-0123456789')
})

test('a step that the agent failed has nothing to do with the machine', async () => {
  expect(await diagnose('agent-failed', adapter, ports, received)).toBeUndefined()
})
