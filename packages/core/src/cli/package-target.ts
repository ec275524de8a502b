/** The machines that the download service has a stand-alone CLI for, in its own words. */
export interface PackageTarget {
  readonly os: 'linux' | 'macos'
  readonly arch: 'x86_64' | 'aarch64'
}

export interface NoPackage {
  readonly problem: string
  readonly remedy: string
}

const SYSTEMS: Partial<Record<NodeJS.Platform, PackageTarget['os']>> = { linux: 'linux', darwin: 'macos' }
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, PackageTarget['arch']>> = {
  x64: 'x86_64',
  arm64: 'aarch64',
}

/** Which package a machine needs, or why there is none. Pure. Source: https://docs.warp.dev/reference/cli */
export function packageTarget(
  machine: { readonly platform: NodeJS.Platform; readonly arch: NodeJS.Architecture },
  ozPathName: string,
): PackageTarget | NoPackage {
  const { platform, arch } = machine
  if (platform === 'win32') {
    return {
      problem: 'On Windows there is no stand-alone CLI to download: it comes with the Warp app.',
      remedy: `Run "winget install Warp.Warp" on this machine and have oz on PATH, or give its path in ${ozPathName}.`,
    }
  }
  const os = SYSTEMS[platform]
  if (os === undefined) {
    return {
      problem: `There is no CLI for ${platform}.`,
      remedy: `Run the step on Linux or macOS, or give the path of a CLI in ${ozPathName}.`,
    }
  }
  const name = ARCHITECTURES[arch]
  if (name === undefined) {
    return {
      problem: `There is no CLI for the architecture ${arch}.`,
      remedy: `Run the step on an x64 or arm64 machine, or give the path of a CLI in ${ozPathName}.`,
    }
  }
  return { os, arch: name }
}
