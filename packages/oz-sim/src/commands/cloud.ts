import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { has, optionValue, optionValues } from '../cli/command.ts'
import { type Ending, fatal } from '../run/ending.ts'
import { runUrl } from '../run/event.ts'
import { type Context, checkMcp, isJson, readConfigFile, requireKey, undergo } from './context.ts'

/** `oz agent run-cloud`: prints its lines, whatever the output format, and exits 0 even when the run failed. */
export async function agentRunCloud(context: Context): Promise<Ending> {
  const { host, script, store, runId } = context
  checkArguments(context)
  requireKey(context)
  await undergo(script.cloud, host)
  store.save(runId, script)
  const { printed = ['InProgress'], notice, error } = script.cloud ?? {}
  if ((script.whoami?.user?.type ?? 'service_account') === 'service_account') {
    await host.stderr.write(`\u001b[33m${TEAM_KEY}\u001b[0m\n`)
  }
  const lines = [
    `Spawned ambient agent with run ID: ${runId}`,
    `View run: ${runUrl(runId)}`,
    ...(notice ? [notice] : []),
    ...printed.map((state) => `Agent state: ${state}`),
    ...outcomeLines(printed, error),
    ...(printed.includes('InProgress') ? [`View agent session: ${sessionUrl(context)}`] : []),
    ...(printed.length === 0 ? [`Agent session with run ID ${runId} is not ready after 80s`] : []),
  ]
  await host.stdout.write(`${lines.join('\n')}\n`)
  return { kind: 'exit', code: 0 }
}

const TEAM_KEY = 'Warning: this API key is a team key; the run belongs to the team'

function outcomeLines(printed: readonly string[], error: string | undefined): readonly string[] {
  if (error) return [`Error: ${error}`]
  return printed.includes('Failed') ? ['Run failed with no error message'] : []
}

const sessionUrl = ({ script, runId }: Pick<Context, 'script' | 'runId'>): string =>
  script.session_url ?? `https://app.warp.dev/session/${runId}`

function checkArguments({ call, host }: Context): void {
  const harness = optionValue(call, 'harness')
  for (const owner of ['claude', 'codex']) {
    if (has(call, `${owner}-auth-secret`) && harness !== owner) {
      throw fatal(`--${owner}-auth-secret needs --harness=${owner}`)
    }
  }
  const attached = optionValues(call, 'attach')
  if (attached.length > 5) throw fatal(`At most 5 files can be attached, got ${attached.length}`)
  for (const path of attached) {
    if (!statSync(resolve(host.cwd, path), { throwIfNoEntry: false })?.isFile()) {
      throw fatal(`Could not attach '${path}'`, ['No such file or directory (os error 2)'])
    }
  }
  for (const spec of optionValues(call, 'mcp')) checkMcp(spec, host.cwd)
  const file = optionValue(call, 'file')
  const config = file ? readConfigFile(resolve(host.cwd, file)) : {}
  const chosen =
    has(call, 'environment') || has(call, 'no-environment') || config.environment_id !== undefined
  if (!chosen) {
    throw fatal('No environment was chosen and there is no terminal to ask on', [
      'give --environment=<id> or --no-environment',
    ])
  }
}

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
