import { basename } from 'node:path'
import { has } from '../cli/command.ts'
import type { Host } from '../process-host.ts'
import { channelOf, type Ending, fatal } from '../run/ending.ts'
import type { Script } from '../script/schema.ts'
import { type Context, formatOf, isJson, requireKey, undergo } from './context.ts'

/** `oz --version`: the release tag, behind `Oz`. */
export async function version(host: Host, script: Script): Promise<Ending> {
  await undergo(script.version, host)
  const release = `Oz v0.2026.08.19.08.14.${channelOf(basename(host.executable))}_01`
  await host.stdout.write(`${script.version?.text ?? release}\n`)
  return { kind: 'exit', code: 0 }
}

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
  if (formatOf(context.call) === 'ndjson')
    throw fatal("The output format 'ndjson' is not supported here", ['use json'])
  const user: Readonly<Record<string, unknown>> = context.script.whoami?.user ?? SERVICE_ACCOUNT
  const text = isJson(context.call)
    ? JSON.stringify(user)
    : Object.entries(user)
        .map(([key, value]) => `${key}: ${value}`)
        .join('\n')
  await context.host.stdout.write(`${text}\n`)
  return { kind: 'exit', code: 0 }
}

/** `oz harness-support --run-id=<id> report-shutdown`: closes a run whose process died. */
export async function reportShutdown(context: Context): Promise<Ending> {
  requireKey(context)
  const pair = ['error-category', 'error-message'].filter((long) => has(context.call, long))
  if (pair.length === 1) throw fatal(`--${pair[0]} needs the other of --error-category and --error-message`)
  await undergo(context.script.report_shutdown, context.host)
  await context.host.stdout.write(isJson(context.call) ? '{}\n' : 'Shutdown reported.\n')
  return { kind: 'exit', code: 0 }
}

type Item = { readonly id: string; readonly [key: string]: unknown }

const DEFAULTS: Readonly<Record<string, readonly Item[]>> = {
  model: [{ id: 'auto' }, { id: 'sim-large' }, { id: 'sim-small' }],
  agent: [{ id: 'sim-agent', name: 'Stand-in agent' }],
  environment: [{ id: 'sim-environment', name: 'Stand-in environment' }],
}

const itemsOf = ({ call, script }: Context): readonly Item[] => {
  const topic = call.command[0] ?? ''
  return script.lists?.[topic] ?? DEFAULTS[topic] ?? []
}

/** `oz model list`, `oz agent list`, `oz environment list`. */
export async function list(context: Context): Promise<Ending> {
  requireKey(context)
  const items = itemsOf(context)
  const text = isJson(context.call) ? JSON.stringify(items) : items.map(({ id }) => id).join('\n')
  await context.host.stdout.write(`${text}\n`)
  return { kind: 'exit', code: 0 }
}

/** `oz environment get <id>`. */
export async function getOne(context: Context): Promise<Ending> {
  requireKey(context)
  const [wanted] = context.call.positionals
  const item = itemsOf(context).find(({ id }) => id === wanted)
  if (!item) throw fatal(`The ${context.call.command[0]} '${wanted}' was not found`)
  await context.host.stdout.write(isJson(context.call) ? `${JSON.stringify(item)}\n` : `${item.id}\n`)
  return { kind: 'exit', code: 0 }
}

/** `oz schedule create|update`, `oz integration create|update`: accepted and acknowledged. */
export async function acknowledge(context: Context): Promise<Ending> {
  requireKey(context)
  const [topic, verb] = context.call.command
  const id = context.call.positionals[0] ?? `${topic}-${context.runId}`
  const text = isJson(context.call) ? JSON.stringify({ id }) : `${topic} ${id}: ${verb}d`
  await context.host.stdout.write(`${text}\n`)
  return { kind: 'exit', code: 0 }
}
