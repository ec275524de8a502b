import type { Machine } from '../ports.ts'

/** A Linux machine that is no real one. */
export function fakeMachine(parts: Partial<Machine> = {}): Machine {
  return {
    pid: 100,
    platform: 'linux',
    arch: 'x64',
    home: '/home/user',
    temp: '/tmp',
    cwd: '/home/user/project',
    nodeVersion: '24.0.0',
    ...parts,
  }
}
