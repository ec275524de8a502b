import { type Environment, type Ports, runStep, settle } from '@oz-agent/core'
import { createHost } from '../create-host.ts'
import type { Arguments } from '../read-arguments.ts'

/** Runs one step and resolves to its exit code. */
export function run(args: Arguments, env: Environment, ports: Ports): Promise<number> {
  return settle(runStep(createHost(args, env, ports), ports), ports.log)
}
