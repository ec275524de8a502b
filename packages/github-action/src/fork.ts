import type { Environment, Files } from '@oz-agent/core'
import * as z from 'zod'

const repository = z.object({ full_name: z.string() })
const eventSchema = z.object({
  pull_request: z.object({ head: z.object({ repo: repository.nullish() }) }).optional(),
  repository: repository.optional(),
})

/**
 * Why a job of this kind gets no secrets: pull requests from forks and by Dependabot.
 * Undefined when it should have had them.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#pull_request
 */
export async function reasonForNoSecrets(
  env: Environment,
  files: Pick<Files, 'readText'>,
): Promise<string | undefined> {
  const fromPullRequest = env['GITHUB_EVENT_NAME']?.startsWith('pull_request') ?? false
  if (!fromPullRequest || env['GITHUB_EVENT_NAME'] === 'pull_request_target') return undefined
  if (env['GITHUB_ACTOR'] === 'dependabot[bot]') {
    return 'jobs that Dependabot starts get no Actions secrets (only Dependabot secrets)'
  }
  const event = await readEvent(env['GITHUB_EVENT_PATH'], files)
  const pull = event?.pull_request
  if (pull === undefined) return undefined
  const head = pull.head.repo?.full_name
  const base = event?.repository?.full_name ?? env['GITHUB_REPOSITORY']
  return head === base ? undefined : `pull requests from forks (${head ?? 'deleted fork'}) get no secrets`
}

async function readEvent(path: string | undefined, files: Pick<Files, 'readText'>) {
  if (!path) return undefined
  try {
    return eventSchema.parse(JSON.parse(await files.readText(path)))
  } catch {
    // An event that we cannot read proves nothing: the missing key is then told as such.
    return undefined
  }
}
