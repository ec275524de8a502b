import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { has, optionValue, optionValues } from '../cli/invocation.ts'
import { type Ending, fatal } from '../run/ending.ts'
import { runUrl } from '../run/event.ts'
import { type Context, requireKey, undergo } from './context.ts'

/** `oz agent run-cloud`: prints its lines, whatever the output format, and exits 0 even when the run failed. */
export async function agentRunCloud(context: Context): Promise<Ending> {
  const { host, script, store, runId } = context
  await checkArguments(context)
  requireKey(context)
  await undergo(script.cloud, host)
  store.save(runId, script)
  const { printed = ['InProgress'], notice, error } = script.cloud ?? {}
  const lines = [
    `Spawned ambient agent with run ID: ${runId}`,
    `View run: ${runUrl(runId)}`,
    ...(notice ? [notice] : []),
    ...printed.map((state) => `Agent state: ${state}`),
    ...(error ? [`Error: ${error}`] : []),
    ...(printed.includes('InProgress') ? [`View agent session: ${sessionUrl(context)}`] : []),
  ]
  await host.stdout.write(`${lines.join('\n')}\n`)
  return { kind: 'exit', code: 0 }
}

export const sessionUrl = ({ script, runId }: Pick<Context, 'script' | 'runId'>): string =>
  script.session_url ?? `https://app.warp.dev/session/${runId}`

async function checkArguments({ call, host }: Context): Promise<void> {
  const harness = optionValue(call, 'harness')
  for (const owner of ['claude', 'codex']) {
    if (has(call, `${owner}-auth-secret`) && harness !== owner) {
      throw fatal(`--${owner}-auth-secret needs --harness=${owner}`)
    }
  }
  for (const path of optionValues(call, 'attach')) {
    if (!statSync(resolve(host.cwd, path), { throwIfNoEntry: false })?.isFile()) {
      throw fatal(`Could not attach '${path}'`, ['No such file or directory (os error 2)'])
    }
  }
  const file = optionValue(call, 'file')
  const config = file ? await (await import('./config-file.ts')).readConfigFile(resolve(host.cwd, file)) : {}
  const chosen =
    has(call, 'environment') || has(call, 'no-environment') || config.environment_id !== undefined
  if (!chosen) {
    throw fatal('No environment was chosen and there is no terminal to ask on', [
      'give --environment=<id> or --no-environment',
    ])
  }
}
