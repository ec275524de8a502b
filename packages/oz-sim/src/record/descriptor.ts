import { fstatSync, statSync } from 'node:fs'

/** What a file descriptor is; `null-device` also for one that was closed (the runtime opens it again as such). */
export type DescriptorKind = 'null-device' | 'terminal' | 'pipe' | 'socket' | 'file' | 'other' | 'closed'

export function kindOfDescriptor(fd: number): DescriptorKind {
  try {
    const stat = fstatSync(fd)
    if (stat.isFIFO()) return 'pipe'
    if (stat.isSocket()) return 'socket'
    if (stat.isFile()) return 'file'
    if (!stat.isCharacterDevice()) return 'other'
    return stat.rdev === statSync('/dev/null', { throwIfNoEntry: false })?.rdev ? 'null-device' : 'terminal'
  } catch {
    return 'closed'
  }
}
