import { request } from 'node:http'
import type { Environment, Milliseconds } from '@oz-agent/core'
import type { AgentCommands } from './commands.ts'

/** The part of the Buildkite agent's Job API that this plugin uses. */
export interface JobApi {
  /** Masks a text in the rest of the job's log; false when the agent has no Job API or refuses. */
  redact(text: string): Promise<boolean>
}

const API_LIMIT: Milliseconds = 2_000

/**
 * The Job API of the Buildkite agent that runs this job: HTTP on a Unix socket, since 3.64.
 * https://buildkite.com/docs/agent/self-hosted/configure/experiments
 */
export function createJobApi(env: Environment): JobApi {
  const { BUILDKITE_AGENT_JOB_API_SOCKET: socketPath, BUILDKITE_AGENT_JOB_API_TOKEN: token } = env
  return {
    async redact(text) {
      if (!socketPath || !token) return false
      const status = await post(socketPath, token, '/api/current-job/v0/redactions', { redact: text })
      return status === 201
    },
  }
}

function post(socketPath: string, token: string, path: string, body: object): Promise<number | undefined> {
  return new Promise((resolve) => {
    const text = JSON.stringify(body)
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    }
    const call = request({ socketPath, path, method: 'POST', headers, timeout: API_LIMIT }, (response) => {
      response.resume()
      response.on('close', () => resolve(response.statusCode))
    })
    call.on('timeout', () => call.destroy())
    call.on('error', () => resolve(undefined))
    call.end(text)
  })
}

const COMMAND_LIMIT: Milliseconds = 5_000

/**
 * Asks the Buildkite agent to mask secrets in the rest of the log: through the Job API, else by its command.
 * Returns why that failed, or undefined. Core masks them in what we print in any case.
 */
export async function maskSecrets(
  secrets: readonly string[],
  jobApi: JobApi,
  commands: Pick<AgentCommands, 'addRedactions'>,
): Promise<string | undefined> {
  const left: string[] = []
  for (const secret of secrets) if (!(await jobApi.redact(secret))) left.push(secret)
  if (left.length === 0) return undefined
  const called = await commands.addRedactions(left, COMMAND_LIMIT)
  return called.ok ? undefined : called.reason
}
