import { homedir, tmpdir } from 'node:os'
import type { Machine } from '../ports.ts'

/** This machine, read once. */
export function readMachine(): Machine {
  return {
    pid: process.pid,
    platform: process.platform,
    arch: process.arch,
    home: homedir(),
    temp: tmpdir(),
    cwd: process.cwd(),
    nodeVersion: process.versions.node,
  }
}
