import type { Milliseconds } from '@oz-agent/core'
import type { AgentCommands } from './agent-commands.ts'
import type { JobApi } from './job-api.ts'

const LIMIT: Milliseconds = 5_000

/**
 * Has the agent hide secrets in the rest of the log: through the Job API, else by its command.
 * Returns why it could not, or nothing; core redacts them in any case.
 */
export async function hideSecrets(
  secrets: readonly string[],
  jobApi: JobApi,
  commands: Pick<AgentCommands, 'addRedactions'>,
): Promise<string | undefined> {
  const left: string[] = []
  for (const secret of secrets) if (!(await jobApi.redact(secret))) left.push(secret)
  if (left.length === 0) return undefined
  const called = await commands.addRedactions(left, LIMIT)
  return called.ok ? undefined : called.reason
}
