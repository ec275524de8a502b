import { describe, expect, test } from 'vitest'
import { RunnerError } from '../errors.ts'
import type { Machine } from '../ports.ts'
import { fakeDoctorContext } from '../testing/fake-doctor-context.ts'
import { completed, FakeProcesses } from '../testing/fake-processes.ts'
import { fakeMachine } from '../testing/fakes.ts'
import { key } from './account.ts'
import type { Check, DoctorContext } from './context.ts'
import { libc, node, system } from './machine.ts'
import { proxy } from './network.ts'
import { argumentBudget, cli } from './step.ts'

type Row = [Check, DoctorContext, expected: object]

const on = (machine: Partial<Machine>, parts: Parameters<typeof fakeDoctorContext>[0] = {}) =>
  fakeDoctorContext({ ...parts, ports: { ...parts.ports, machine: fakeMachine(machine) } })

/** A file system that holds these paths and nothing else. */
const withFiles = (paths: string[], inLib: string[] = []) => {
  const { files } = fakeDoctorContext().ports
  const info = async (path: string) =>
    paths.includes(path) ? ({ kind: 'file', size: 1, mode: 0o644, modified: 0 } as const) : undefined
  return fakeDoctorContext({ ports: { files: { ...files, info, list: async () => inLib } } })
}

const argMax = (stdout: string) => {
  const processes = new FakeProcesses()
  processes.answer = () => completed({ stdout })
  return processes
}

const ROWS: Record<string, Row> = {
  'Node that is tested': [node, on({ nodeVersion: '24.3.0' }), { status: 'ok' }],
  'Node that is newer': [node, on({ nodeVersion: '26.0.0' }), { status: 'ok' }],
  'the oldest Node that is supported': [
    node,
    on({ nodeVersion: '22.15.0' }),
    { status: 'ok', summary: '22.15.0' },
  ],
  'Node that is too old': [node, on({ nodeVersion: '20.20.2' }), { status: 'problem', code: 'unavailable' }],
  'Node that is a little too old': [
    node,
    on({ nodeVersion: '22.14.0' }),
    { status: 'problem', code: 'unavailable' },
  ],
  'Linux on x86_64': [system, on({}), { status: 'ok', summary: 'Linux on x86_64' }],
  'macOS on Apple processors': [
    system,
    on({ platform: 'darwin', arch: 'arm64' }),
    { status: 'ok', summary: 'macOS on aarch64' },
  ],
  Windows: [system, on({ platform: 'win32' }), { status: 'ok' }],
  'another system': [system, on({ platform: 'freebsd' }), { status: 'problem', code: 'unavailable' }],
  'another processor': [
    system,
    on({ arch: 'riscv64' }),
    { status: 'problem', summary: 'there is no CLI for Linux on riscv64' },
  ],
  glibc: [libc, withFiles(['/lib64/ld-linux-x86-64.so.2']), { status: 'ok' }],
  Alpine: [libc, withFiles(['/etc/alpine-release']), { status: 'problem', code: 'unavailable' }],
  'musl that is not Alpine': [libc, withFiles([], ['ld-musl-x86_64.so.1']), { status: 'problem' }],
  'no C library that is known': [libc, withFiles([]), { status: 'warning' }],
  'the C library of macOS': [libc, on({ platform: 'darwin' }), { status: 'skipped' }],
  'a CLI that works': [
    cli,
    fakeDoctorContext(),
    { status: 'ok', summary: 'v0.2026.01.01.00.00.stable_00 (/opt/oz)' },
  ],
  'a CLI that is broken': [
    cli,
    fakeDoctorContext({ cli: async () => ({ kind: 'broken', problem: 'p', remedy: 'r' }) }),
    { status: 'problem', code: 'unavailable', summary: 'p', repair: 'r' },
  ],
  'no CLI, where one can be downloaded': [
    cli,
    fakeDoctorContext({ cli: async () => ({ kind: 'absent', why: 'none' }) }),
    { status: 'warning' },
  ],
  'no CLI on Windows': [
    cli,
    on({ platform: 'win32' }, { cli: async () => ({ kind: 'absent', why: 'none' }) }),
    { status: 'problem', repair: expect.stringContaining('winget install Warp.Warp') },
  ],
  'a key': [key, fakeDoctorContext(), { status: 'ok', summary: 'from WARP_API_KEY, begins with wk-' }],
  'a key of another form': [
    key,
    fakeDoctorContext({ key: { key: 'ghp-x', source: 'warp_api_key' } }),
    { status: 'warning', summary: 'the one from warp_api_key does not begin with wk-' },
  ],
  'no key': [key, fakeDoctorContext({ key: undefined }), { status: 'problem', code: 'not-permitted' }],
  'no key, by design': [
    key,
    fakeDoctorContext({ key: undefined, keylessReason: 'a fork gets no secrets' }),
    { status: 'skipped', summary: 'a fork gets no secrets' },
  ],
  'a key that cannot be read': [
    key,
    fakeDoctorContext({ keyProblem: new RunnerError('not-permitted', 'p', { remedy: 'r' }) }),
    { status: 'problem', code: 'not-permitted', summary: 'p', repair: 'r' },
  ],
  'no proxy': [proxy, fakeDoctorContext(), { status: 'ok' }],
  'a proxy shows no password': [
    proxy,
    fakeDoctorContext({ env: { https_proxy: 'http://user:hunter2@proxy.example.com:3128' } }),
    { status: 'ok', summary: 'http://proxy.example.com:3128/ (https_proxy)' },
  ],
  'a proxy that is exempt for Warp': [
    proxy,
    fakeDoctorContext({ env: { HTTPS_PROXY: 'http://proxy.example.com', NO_PROXY: '.warp.dev' } }),
    { status: 'ok', summary: 'none in force for app.warp.dev' },
  ],
  'a proxy of another kind': [
    proxy,
    fakeDoctorContext({ env: { HTTPS_PROXY: 'socks5://proxy.example.com' } }),
    { status: 'problem', code: 'unavailable' },
  ],
  'room for arguments': [
    argumentBudget,
    fakeDoctorContext({ ports: { processes: argMax('2097152\n') }, inputs: { prompt: 'x'.repeat(2048) } }),
    {
      status: 'ok',
      summary: '0 bytes of 2048 KiB taken by the environment; the prompt of 2 KiB goes as an argument',
    },
  ],
  'a prompt that is too long for an argument': [
    argumentBudget,
    fakeDoctorContext({ ports: { processes: argMax('2097152\n') }, inputs: { prompt: 'x'.repeat(200_000) } }),
    { status: 'ok', summary: expect.stringContaining('through a private file') },
  ],
  'an environment that leaves no room': [
    argumentBudget,
    fakeDoctorContext({
      ports: { processes: argMax('262144\n') },
      env: { BIG: 'x'.repeat(200_000), A: 'b' },
    }),
    { status: 'problem', code: 'unavailable', repair: expect.stringContaining('largest variable is BIG') },
  ],
  'a system without getconf': [
    argumentBudget,
    fakeDoctorContext({ ports: { processes: argMax('') } }),
    { status: 'skipped' },
  ],
  'arguments on Windows': [argumentBudget, on({ platform: 'win32' }), { status: 'ok' }],
}

describe('machine, CLI, key and proxy', () => {
  test.each(Object.entries(ROWS))('%s', async (_, [check, context, expected]) => {
    expect(await check.run(context)).toMatchObject(expected)
  })
})
