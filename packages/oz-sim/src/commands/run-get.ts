import { type Ending, fatal } from '../run/ending.ts'
import { runUrl } from '../run/event.ts'
import { sessionUrl } from './agent-run-cloud.ts'
import { type Context, isJson, requireKey, undergo } from './context.ts'

/** `oz run get <id>`: the run object; its state goes through the script's sequence, one a call. */
export async function runGet(context: Context): Promise<Ending> {
  const { call, host, script, store } = context
  const [id = ''] = call.positionals
  requireKey(context)
  await undergo(script.run_get, host)
  if (id === '') throw fatal('The run was not found', ['the server answered 404 Not Found'])
  const states = script.cloud?.states ?? ['SUCCEEDED']
  const state = states[Math.min(store.look(id), states.length - 1)] ?? 'SUCCEEDED'
  const run = {
    run_id: id,
    state,
    run_url: runUrl(id),
    ...(state === 'QUEUED' || state === 'PENDING' ? {} : { session_link: sessionUrl({ script, runId: id }) }),
    ...(script.cloud?.error ? { status_message: { message: script.cloud.error, retryable: false } } : {}),
    conversation_id: script.conversation_id ?? `conversation-${id}`,
    artifacts: [],
    ...script.cloud?.run,
  }
  const text = Object.entries(run).map(
    ([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  await host.stdout.write(isJson(call) ? `${JSON.stringify(run)}\n` : `${text.join('\n')}\n`)
  return { kind: 'exit', code: 0 }
}
