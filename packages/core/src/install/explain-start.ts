import type { ExitStatus } from '../ports.ts'
import type { Evidence } from './machine.ts'

/** Why a program did not start, in one sentence, and what to do about it. */
export interface Explanation {
  readonly problem: string
  readonly remedy: string
}

/** What came of running `--version`. */
export type StartAttempt =
  | { readonly kind: 'answered'; readonly version: string }
  /** The system did not start it; `code` is its errno's name. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  /** It started and did not print a version. */
  | { readonly kind: 'failed'; readonly exit: ExitStatus; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'silent'; readonly seconds: number }

export const GLIBC_REMEDY =
  'Run the step in an image based on Debian or Ubuntu (glibc); the CLI does not run on Alpine and other musl systems.'
const REINSTALL = 'Install the CLI again; the file is damaged or is something else.'

type FailedAttempt = Exclude<StartAttempt, { kind: 'answered' }>

/** Explains a failed start from what the system said and what the file is. Pure. */
export function explainStart(attempt: FailedAttempt, evidence: Evidence): Explanation {
  const byFile = explainFile(evidence)
  switch (attempt.kind) {
    case 'refused':
      return byFile ?? explainRefusal(attempt.code, attempt.message, evidence)
    case 'failed':
      if (attempt.exit.kind === 'signal') return explainSignal(attempt.exit.signal, evidence)
      return explainOutput(attempt.exit.code, attempt.stdout, attempt.stderr) ?? byFile ?? fallback(attempt)
    case 'silent':
      return {
        problem: `it did not answer --version within ${attempt.seconds} s.`,
        remedy:
          'Run it by hand on this machine; a slow disk or a program that waits for input may be the cause.',
      }
  }
}

/** What is wrong with the file itself on this machine, whatever the system said. */
function explainFile({ image, arch, platform, libc, interpreterExists }: Evidence): Explanation | undefined {
  if (image === undefined) return undefined
  switch (image.kind) {
    case 'elf': {
      if (platform !== 'linux')
        return { problem: `it is a Linux program, and this is ${platform}.`, remedy: REINSTALL }
      if (image.arch !== arch) return otherArchitecture(image.arch, arch)
      if (interpreterExists !== false) return undefined
      if (libc.kind === 'musl') {
        return {
          problem: `it is built for glibc, and this system is musl (${libc.evidence}); its loader ${image.interpreter} is not here.`,
          remedy: GLIBC_REMEDY,
        }
      }
      return {
        problem: `its loader ${image.interpreter} is not here.`,
        remedy: 'Use an image with glibc in its usual place (Debian or Ubuntu); on NixOS, enable nix-ld.',
      }
    }
    case 'mach-o':
      if (platform !== 'darwin')
        return { problem: `it is a macOS program, and this is ${platform}.`, remedy: REINSTALL }
      if (!image.archs.includes(arch) && arch === 'x64') return otherArchitecture(image.archs.join('+'), arch)
      return undefined
    case 'pe':
      return platform === 'win32'
        ? undefined
        : { problem: `it is a Windows program, and this is ${platform}.`, remedy: REINSTALL }
    case 'script':
      return interpreterExists === false
        ? {
            problem: `it is a script for ${image.interpreter}, which is not here.`,
            remedy: `Install ${image.interpreter}.`,
          }
        : undefined
    case 'html':
      return { problem: 'it is an HTML page, not a program.', remedy: REINSTALL }
    case 'empty':
      return { problem: 'the file is empty.', remedy: REINSTALL }
    case 'unknown':
      return undefined
  }
}

function otherArchitecture(its: string, ours: string): Explanation {
  return {
    problem: `it is built for ${its}, and this machine is ${ours}.`,
    remedy: `Install the CLI for ${ours}. In a container, check that the image's platform is the machine's.`,
  }
}

function explainRefusal(code: string, message: string, evidence: Evidence): Explanation {
  const { mount, path, executableMode, platform } = evidence
  if (mount?.options.includes('noexec') && /^(EACCES|EPERM|)$/.test(code)) {
    return {
      problem: `${mount.point} is mounted noexec, so that nothing in it may run.`,
      remedy: `Keep the CLI on another disk, or mount ${mount.point} with exec.`,
    }
  }
  if (code === 'ENOENT') return { problem: 'there is no such file.', remedy: 'Check the path.' }
  if (code === 'EACCES' || code === 'EPERM') {
    return executableMode
      ? {
          problem: `this user may not run it (${code}).`,
          remedy: `Check who may read the folders above ${path}, and the security policy of the machine.`,
        }
      : { problem: 'it is not executable.', remedy: `Run: chmod +x ${path}` }
  }
  if (platform === 'darwin' && /-86|EBADARCH/.test(`${code} ${message}`)) {
    return {
      problem: 'its processor type is not the one of this Mac.',
      remedy: 'Install the CLI for this Mac, or Rosetta: softwareupdate --install-rosetta',
    }
  }
  if (code === 'ENOEXEC') return { problem: 'it is no program for this system (ENOEXEC).', remedy: REINSTALL }
  return {
    problem: `the system does not start it: ${message}`,
    remedy: 'Run it by hand on this machine to see more.',
  }
}

/** Debian's package of a library that a bare image may lack. */
const PACKAGES: Record<string, string> = {
  'libz.so.1': 'zlib1g',
  'libgcc_s.so.1': 'libgcc-s1',
  'libstdc++.so.6': 'libstdc++6',
  'libssl.so.3': 'libssl3',
  'libfontconfig.so.1': 'libfontconfig1',
}

/**
 * What the dynamic loader complains of, from the output of a program that it could not start. Pure.
 * The texts are those of glibc's, musl's and macOS's loaders.
 */
function explainOutput(code: number, stdout: string, stderr: string): Explanation | undefined {
  if (code === 0) return undefined
  const said = `${stderr}\n${stdout}`
  const library =
    /error while loading shared libraries: ([^:\s]+):/.exec(said)?.[1] ??
    /Error loading shared library ([^:\s]+):/.exec(said)?.[1] ??
    /Library not loaded: (\S+)/.exec(said)?.[1]
  if (library !== undefined) {
    const known = PACKAGES[library]
    const how =
      known === undefined
        ? `the package that has ${library}`
        : `${known} (on Debian and Ubuntu: apt-get install ${known})`
    return {
      problem: `the shared library ${library} is missing (exit ${code}).`,
      remedy: `Install ${how} in the job's image.`,
    }
  }
  const symbolVersion = /version `((?:GLIBC|GLIBCXX|CXXABI)_[\d.]+)' not found/.exec(said)?.[1]
  if (symbolVersion !== undefined) {
    return {
      problem: `it needs ${symbolVersion}, and this system's library is older.`,
      remedy: 'Use a newer image, for example a current Debian or Ubuntu.',
    }
  }
  if (/Error relocating .*: symbol not found/.test(said)) {
    return {
      problem: 'it is built for glibc, and this system runs it with musl.',
      remedy: 'Run the step in an image based on Debian or Ubuntu (glibc).',
    }
  }
  return undefined
}

function explainSignal(signal: NodeJS.Signals, { platform, quarantined, path }: Evidence): Explanation {
  if (platform === 'darwin' && signal === 'SIGKILL') {
    return quarantined
      ? {
          problem: 'macOS holds it in quarantine and kills it.',
          remedy: `Run: xattr -d com.apple.quarantine ${path}`,
        }
      : {
          problem: 'macOS killed it, most likely for its code signature.',
          remedy: `Install the CLI again, and look at: codesign --verify --verbose ${path}`,
        }
  }
  if (signal === 'SIGILL') {
    return {
      problem: 'it uses instructions that this processor does not have (SIGILL).',
      remedy: 'Run the step on a newer machine, or without emulation.',
    }
  }
  if (signal === 'SIGKILL') {
    return {
      problem: 'it was killed (SIGKILL), most likely for want of memory.',
      remedy: 'Give the job more memory.',
    }
  }
  return { problem: `it crashed with ${signal}.`, remedy: REINSTALL }
}

function fallback(attempt: Extract<FailedAttempt, { kind: 'failed' }>): Explanation {
  const status = attempt.exit.kind === 'code' ? attempt.exit.code : attempt.exit.signal
  const said = firstLine(attempt.stderr) ?? firstLine(attempt.stdout)
  return {
    problem:
      status === 0
        ? `--version printed no release tag${said === undefined ? '' : ` but "${said}"`}: it is some other program.`
        : `--version ended with ${status}${said === undefined ? ' and said nothing' : `: ${said}`}`,
    remedy: status === 0 ? 'Point to the Oz CLI.' : 'Run it by hand on this machine to see more.',
  }
}

function firstLine(text: string): string | undefined {
  const line = text
    .split('\n')
    .find((candidate) => candidate.trim() !== '')
    ?.trim()
  return line === undefined || line.length <= 200 ? line : `${line.slice(0, 200)}…`
}
