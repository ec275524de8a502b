import type { Ending } from '../run/ending.ts'
import { type Context, isJson, requireKey, undergo } from './context.ts'

const SERVICE_ACCOUNT = {
  uid: 'sim-service-account',
  type: 'service_account',
  display_name: 'Stand-in team key',
  team_uids: ['sim-team'],
  team_names: ['Stand-in team'],
}

/** `oz whoami`: whose key it is. */
export async function whoami(context: Context): Promise<Ending> {
  await undergo(context.script.whoami, context.host)
  requireKey(context)
  const user: Readonly<Record<string, unknown>> = context.script.whoami?.user ?? SERVICE_ACCOUNT
  const text = isJson(context.call)
    ? JSON.stringify(user)
    : Object.entries(user)
        .map(([key, value]) => `${key}: ${value}`)
        .join('\n')
  await context.host.stdout.write(`${text}\n`)
  return { kind: 'exit', code: 0 }
}
