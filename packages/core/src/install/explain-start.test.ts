import { describe, expect, test } from 'vitest'
import type { StartAttempt } from './explain-start.ts'
import { explainStart } from './explain-start.ts'
import type { BinaryImage, Evidence } from './machine.ts'

type Failed = Exclude<StartAttempt, { kind: 'answered' }>

const OZ = '/opt/oz'
const LOADER = '/lib64/ld-linux-x86-64.so.2'
const glibcElf: BinaryImage = { kind: 'elf', arch: 'x64', interpreter: LOADER }

const base: Evidence = {
  path: OZ,
  platform: 'linux',
  arch: 'x64',
  libc: { kind: 'glibc', evidence: LOADER },
  image: glibcElf,
  interpreterExists: true,
  executableMode: true,
  mount: { point: '/', options: ['rw'] },
  quarantined: false,
}
const mac: Partial<Evidence> = {
  platform: 'darwin',
  arch: 'arm64',
  libc: { kind: 'system' },
  image: { kind: 'mach-o', archs: ['arm64'] },
  interpreterExists: undefined,
  mount: undefined,
}
const refused = (code: string, message = `spawn ${OZ} ${code}`): Failed => ({
  kind: 'refused',
  code,
  message,
})
const exited = (code: number, stderr: string, stdout = ''): Failed => ({
  kind: 'failed',
  exit: { kind: 'code', code },
  stdout,
  stderr,
})
const killed = (signal: NodeJS.Signals): Failed => ({
  kind: 'failed',
  exit: { kind: 'signal', signal },
  stdout: '',
  stderr: '',
})

interface Row {
  readonly name: string
  readonly attempt: Failed
  readonly evidence?: Partial<Evidence>
  readonly problem: string
  readonly remedy: RegExp
}

const ROWS: readonly Row[] = [
  {
    name: 'glibc program on Alpine',
    attempt: refused('ENOENT'),
    evidence: { libc: { kind: 'musl', evidence: '/etc/alpine-release' }, interpreterExists: false },
    problem: `it is built for glibc, and this system is musl (/etc/alpine-release); its loader ${LOADER} is not here.`,
    remedy: /Debian or Ubuntu/,
  },
  {
    name: 'glibc program on Alpine with a compatibility layer',
    attempt: exited(127, `Error relocating ${OZ}: __register_atfork: symbol not found`),
    evidence: { libc: { kind: 'musl', evidence: '/etc/alpine-release' } },
    problem: 'it is built for glibc, and this system runs it with musl.',
    remedy: /Debian or Ubuntu/,
  },
  {
    name: 'loader in an unusual place (NixOS)',
    attempt: refused('ENOENT'),
    evidence: { libc: { kind: 'unknown' }, interpreterExists: false },
    problem: `its loader ${LOADER} is not here.`,
    remedy: /nix-ld/,
  },
  {
    name: 'other architecture',
    attempt: refused('ENOEXEC'),
    evidence: {
      image: { kind: 'elf', arch: 'arm64', interpreter: '/lib/ld-linux-aarch64.so.1' },
      interpreterExists: false,
    },
    problem: 'it is built for arm64, and this machine is x64.',
    remedy: /Install the CLI for x64/,
  },
  {
    name: 'other architecture under an emulator that lacks its loader',
    attempt: exited(255, "qemu-aarch64: Could not open '/lib/ld-linux-aarch64.so.1'"),
    evidence: {
      image: { kind: 'elf', arch: 'arm64', interpreter: '/lib/ld-linux-aarch64.so.1' },
      interpreterExists: false,
    },
    problem: 'it is built for arm64, and this machine is x64.',
    remedy: /image's platform/,
  },
  {
    name: 'known missing library',
    attempt: exited(
      127,
      `${OZ}: error while loading shared libraries: libz.so.1: cannot open shared object file`,
    ),
    problem: 'the shared library libz.so.1 is missing (exit 127).',
    remedy: /apt-get install zlib1g/,
  },
  {
    name: 'unknown missing library',
    attempt: exited(
      127,
      `${OZ}: error while loading shared libraries: libnew.so.9: cannot open shared object file`,
    ),
    problem: 'the shared library libnew.so.9 is missing (exit 127).',
    remedy: /the package that has libnew\.so\.9/,
  },
  {
    name: 'glibc that is too old',
    attempt: exited(
      1,
      `${OZ}: /lib/x86_64-linux-gnu/libc.so.6: version \`GLIBC_2.34' not found (required by ${OZ})`,
    ),
    problem: "it needs GLIBC_2.34, and this system's library is older.",
    remedy: /newer image/,
  },
  {
    name: 'noexec temp folder',
    attempt: refused('EACCES'),
    evidence: { mount: { point: '/tmp', options: ['rw', 'nosuid', 'noexec'] } },
    problem: '/tmp is mounted noexec, so that nothing in it may run.',
    remedy: /mount \/tmp with exec/,
  },
  {
    name: 'no executable bit',
    attempt: refused('EACCES'),
    evidence: { executableMode: false },
    problem: 'it is not executable.',
    remedy: /^Run: chmod \+x \/opt\/oz$/,
  },
  {
    name: 'forbidden by folder or policy',
    attempt: refused('EACCES'),
    problem: 'this user may not run it (EACCES).',
    remedy: /folders above/,
  },
  {
    name: 'macOS quarantine',
    attempt: killed('SIGKILL'),
    evidence: { ...mac, quarantined: true },
    problem: 'macOS holds it in quarantine and kills it.',
    remedy: /^Run: xattr -d com\.apple\.quarantine \/opt\/oz$/,
  },
  {
    name: 'macOS signature',
    attempt: killed('SIGKILL'),
    evidence: mac,
    problem: 'macOS killed it, most likely for its code signature.',
    remedy: /codesign --verify/,
  },
  {
    name: 'Intel program on a Mac without Rosetta',
    attempt: refused('', 'spawn Unknown system error -86'),
    evidence: { ...mac, image: { kind: 'mach-o', archs: ['x64'] } },
    problem: 'its processor type is not the one of this Mac.',
    remedy: /install-rosetta/,
  },
  {
    name: 'arm64 program on an Intel Mac',
    attempt: refused('', 'spawn Unknown system error -86'),
    evidence: { ...mac, arch: 'x64' },
    problem: 'it is built for arm64, and this machine is x64.',
    remedy: /Install the CLI for x64/,
  },
  {
    name: 'Linux program on macOS',
    attempt: refused('ENOEXEC'),
    evidence: { ...mac, image: glibcElf },
    problem: 'it is a Linux program, and this is darwin.',
    remedy: /Install the CLI again/,
  },
  {
    name: 'Windows program on Linux',
    attempt: refused('ENOEXEC'),
    evidence: { image: { kind: 'pe' } },
    problem: 'it is a Windows program, and this is linux.',
    remedy: /Install the CLI again/,
  },
  {
    name: 'a downloaded web page made executable',
    attempt: refused('ENOEXEC'),
    evidence: { image: { kind: 'html' } },
    problem: 'it is an HTML page, not a program.',
    remedy: /Install the CLI again/,
  },
  {
    name: 'empty file',
    attempt: exited(0, ''),
    evidence: { image: { kind: 'empty' } },
    problem: 'the file is empty.',
    remedy: /Install the CLI again/,
  },
  {
    name: 'script without its interpreter',
    attempt: refused('ENOENT'),
    evidence: { image: { kind: 'script', interpreter: '/usr/bin/zsh' }, interpreterExists: false },
    problem: 'it is a script for /usr/bin/zsh, which is not here.',
    remedy: /Install \/usr\/bin\/zsh/,
  },
  {
    name: 'another program of the same name',
    attempt: exited(0, '', 'Mozart/Oz 2.0\n'),
    problem: '--version printed no release tag but "Mozart/Oz 2.0": it is some other program.',
    remedy: /Point to the Oz CLI/,
  },
  {
    name: 'an error of its own',
    attempt: exited(3, '\n  cannot read configuration\nmore'),
    problem: '--version ended with 3: cannot read configuration',
    remedy: /by hand/,
  },
  {
    name: 'an error without a word',
    attempt: exited(9, ''),
    problem: '--version ended with 9 and said nothing',
    remedy: /by hand/,
  },
  {
    name: 'processor that is too old',
    attempt: killed('SIGILL'),
    problem: 'it uses instructions that this processor does not have (SIGILL).',
    remedy: /newer machine/,
  },
  {
    name: 'out of memory',
    attempt: killed('SIGKILL'),
    problem: 'it was killed (SIGKILL), most likely for want of memory.',
    remedy: /more memory/,
  },
  {
    name: 'crash',
    attempt: killed('SIGSEGV'),
    problem: 'it crashed with SIGSEGV.',
    remedy: /Install the CLI again/,
  },
  {
    name: 'hang',
    attempt: { kind: 'silent', seconds: 20 },
    problem: 'it did not answer --version within 20 s.',
    remedy: /waits for input/,
  },
  {
    name: 'an error of the system that is not known here',
    attempt: refused('ELOOP', 'spawn ELOOP'),
    problem: 'the system does not start it: spawn ELOOP',
    remedy: /by hand/,
  },
]

describe('explainStart', () => {
  test.each(ROWS)('$name', ({ attempt, evidence, problem, remedy }) => {
    const explanation = explainStart(attempt, { ...base, ...evidence })
    expect(explanation.problem).toBe(problem)
    expect(explanation.remedy).toMatch(remedy)
  })
})
