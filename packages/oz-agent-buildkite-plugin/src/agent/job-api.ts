import { request } from 'node:http'
import type { Environment } from '@oz-agent/core'

/** The part of the running agent's own interface that this plugin uses. */
export interface JobApi {
  /** Hides a text in the rest of the job's log; false when the agent has no such interface or refuses. */
  redact(text: string): Promise<boolean>
}

const LIMIT_MS = 2_000

/**
 * The Job API of the agent that runs this job: HTTP on a Unix socket, since 3.64.
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
    const call = request({ socketPath, path, method: 'POST', headers, timeout: LIMIT_MS }, (response) => {
      response.resume()
      response.on('close', () => resolve(response.statusCode))
    })
    call.on('timeout', () => call.destroy())
    call.on('error', () => resolve(undefined))
    call.end(text)
  })
}
