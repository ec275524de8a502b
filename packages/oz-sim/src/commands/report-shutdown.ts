import type { Ending } from '../run/ending.ts'
import { type Context, requireKey, undergo } from './context.ts'

/** `oz harness-support --run-id=<id> report-shutdown`: closes a run whose process died. */
export async function reportShutdown(context: Context): Promise<Ending> {
  requireKey(context)
  await undergo(context.script.report_shutdown, context.host)
  await context.host.stdout.write('Shutdown reported.\n')
  return { kind: 'exit', code: 0 }
}
