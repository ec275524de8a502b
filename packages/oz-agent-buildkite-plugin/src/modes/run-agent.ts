import { runStep } from '@oz-agent/core'
import { createHookHost, type HookParts } from './hook-parts.ts'

/** The step is the agent. Returns the hook's exit status. */
export async function runAgent(parts: HookParts): Promise<number> {
  const { host, noteState } = createHookHost(parts)
  await noteState()
  const end = await runStep(host, parts.ports)
  return end.exitCode
}
