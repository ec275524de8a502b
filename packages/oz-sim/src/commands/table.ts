import type { Ending } from '../run/ending.ts'
import type { Context } from './context.ts'

type Command = (context: Context) => Promise<Ending>

/** What carries out each command, by its words; loaded when it is called for. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  'agent run': async () => (await import('./agent-run.ts')).agentRun,
  'agent run-cloud': async () => (await import('./agent-run-cloud.ts')).agentRunCloud,
  'agent list': async () => (await import('./lists.ts')).list,
  whoami: async () => (await import('./whoami.ts')).whoami,
  'run get': async () => (await import('./run-get.ts')).runGet,
  'model list': async () => (await import('./lists.ts')).list,
  'environment list': async () => (await import('./lists.ts')).list,
  'environment get': async () => (await import('./lists.ts')).getOne,
  'schedule create': async () => (await import('./lists.ts')).acknowledge,
  'schedule update': async () => (await import('./lists.ts')).acknowledge,
  'integration create': async () => (await import('./lists.ts')).acknowledge,
  'integration update': async () => (await import('./lists.ts')).acknowledge,
  'harness-support report-shutdown': async () => (await import('./report-shutdown.ts')).reportShutdown,
}

export async function carryOut(context: Context): Promise<Ending> {
  const words = context.call.command.join(' ')
  const load = COMMANDS[words]
  if (!load) throw new Error(`no command for '${words}'`)
  return (await load())(context)
}
