import type { InputId } from '../contract/inputs.ts'
import { spell } from '../contract/names.ts'
import { parseInputs, type RawInputs } from '../contract/parse-inputs.ts'
import { toRunRequest } from '../contract/request.ts'
import type { DoctorContext, DoctorPorts } from '../doctor/context.ts'
import { createNodeFiles } from '../node/files.ts'
import { createNodeClock } from '../node/ports.ts'
import { FakeProcesses } from './fake-processes.ts'
import { fakeMachine } from './fakes.ts'

/** What `doctor` looks at, on a machine where nothing runs and nobody answers until a test says otherwise. */
export function fakeDoctorContext(
  parts: Partial<Omit<DoctorContext, 'ports'>> & {
    readonly inputs?: RawInputs
    readonly ports?: Partial<DoctorPorts>
  } = {},
): DoctorContext {
  const { inputs = {}, ports, ...rest } = parts
  const nameOf = (id: InputId) => spell(id, 'snake')
  const { values, problems } = parseInputs(inputs, nameOf)
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join())
  return {
    env: {},
    request: toRunRequest(values),
    inputProblems: [],
    key: { key: 'wk-0123456789', source: 'WARP_API_KEY' },
    keyProblem: undefined,
    keylessReason: undefined,
    keyRemedy: 'Store it as a secret.',
    cli: async () => ({
      kind: 'found',
      cli: { path: '/opt/oz', version: 'v0.2026.01.01.00.00.stable_00', sha256: undefined, source: 'path' },
    }),
    checkout: '/',
    toolFolder: '/home/user/.cache/oz-agent',
    ci: { name: 'generic', jobUrl: undefined, commit: undefined },
    facts: [],
    secrets: [],
    isInternalVariable: () => false,
    nameOf,
    limit: 400,
    ...rest,
    ports: {
      clock: createNodeClock(),
      files: createNodeFiles(),
      processes: new FakeProcesses(),
      machine: fakeMachine(),
      http: { request: () => Promise.reject(new Error('no request was expected')) },
      yaml: { parse: () => Promise.reject(new Error('no YAML was expected')) },
      archives: {
        unpack: () => Promise.reject(new Error('no archive was expected')),
        copy: () => Promise.reject(new Error('no archive was expected')),
      },
      ...ports,
    },
  }
}
