import type { Explanation } from './explain-start.ts'

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
export function explainOutput(code: number, stdout: string, stderr: string): Explanation | undefined {
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
