import type { Check } from '../check.ts'
import { ok, problem } from '../finding.ts'

const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'Linux',
  darwin: 'macOS',
  win32: 'Windows',
}
/** The builds that Warp publishes: https://docs.warp.dev/reference/cli */
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = { x64: 'x86_64', arm64: 'aarch64' }

export const system: Check = {
  id: 'system',
  group: 'machine',
  title: 'System',
  async run({ ports }) {
    const { platform, arch } = ports.machine
    const name = SYSTEMS[platform]
    const shown = `${name ?? platform} on ${ARCHITECTURES[arch] ?? arch}`
    if (name === undefined || ARCHITECTURES[arch] === undefined) {
      return problem(
        'unavailable',
        `there is no CLI for ${shown}`,
        'Run the step on Linux, macOS or Windows, on x86_64 or aarch64.',
      )
    }
    return ok(shown)
  },
}
