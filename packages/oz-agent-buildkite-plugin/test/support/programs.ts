import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runnerPath } from '@oz-agent/test-runners'

const SYSTEM = ['/usr/local/bin', '/usr/bin', '/bin']
const NEEDED = ['bash', 'sh', 'git', 'dirname', 'head', 'rm', 'env', 'mktemp', 'ssh']

/** Which Node a job finds; the one that runs the tests if not given. */
export type JobNode = 'none' | 'old' | 'oldest' | undefined

/** Folders for PATH, with the Node that runs the tests, the oldest that will do, one that is too old, or none at all. */
export function programFolders(folder: string, node: JobNode): readonly string[] {
  if (node === undefined) return [dirname(process.execPath), ...SYSTEM]
  if (node === 'oldest') return [dirname(runnerPath('oldest-node') ?? ''), ...SYSTEM]
  const programs = join(folder, 'programs')
  mkdirSync(programs)
  for (const name of NEEDED) {
    const real = SYSTEM.map((path) => join(path, name)).find((path) => existsSync(path))
    if (real !== undefined) symlinkSync(real, join(programs, name))
  }
  if (node === 'old') {
    writeFileSync(join(programs, 'node'), '#!/bin/sh\necho v22.14.0\n')
    chmodSync(join(programs, 'node'), 0o755)
  }
  return [programs]
}
