import type { Environment, Files } from '@oz-agent/core'

/**
 * Why a job of this kind gets no secrets: pull requests from forks and by Dependabot.
 * Undefined when it should have had them.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#pull_request
 */
export async function reasonForNoSecrets(
  env: Environment,
  files: Pick<Files, 'readText'>,
): Promise<string | undefined> {
  const fromPullRequest = env.GITHUB_EVENT_NAME?.startsWith('pull_request') ?? false
  if (!fromPullRequest || env.GITHUB_EVENT_NAME === 'pull_request_target') return undefined
  if (env.GITHUB_ACTOR === 'dependabot[bot]') {
    return 'jobs that Dependabot starts get no Actions secrets (only Dependabot secrets)'
  }
  // Its schema is loaded only for the few jobs that come this far.
  const { readEvent } = await import('./event.ts')
  const event = await readEvent(env.GITHUB_EVENT_PATH, files)
  const pull = event?.pull_request
  if (pull === undefined) return undefined
  const head = pull.head.repo?.full_name
  const base = event?.repository?.full_name ?? env.GITHUB_REPOSITORY
  return head === base ? undefined : `pull requests from forks (${head ?? 'deleted fork'}) get no secrets`
}
