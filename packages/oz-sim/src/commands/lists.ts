import { type Ending, fatal } from '../run/ending.ts'
import { type Context, isJson, requireKey } from './context.ts'

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
