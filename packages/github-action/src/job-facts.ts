import type { Environment, Files, HostFact } from '@oz-agent/core'
import { reasonForNoSecrets } from './fork.ts'

/**
 * What `doctor` should tell of a job on GitHub: where it runs, what started it, and whether it can have secrets.
 * The rights of `GITHUB_TOKEN` stand nowhere in a job, so they are not told.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
export async function jobFacts(
  env: Environment,
  files: Pick<Files, 'readText'>,
): Promise<readonly HostFact[]> {
  const event = env.GITHUB_EVENT_NAME || 'unknown event'
  const runner = [env.RUNNER_ENVIRONMENT, env.RUNNER_OS, env.RUNNER_ARCH].filter(Boolean).join(' ')
  const noSecrets = await reasonForNoSecrets(env, files)
  return [
    {
      title: 'Event',
      finding: { status: 'ok', summary: `${event} by ${env.GITHUB_ACTOR || 'nobody known'}` },
    },
    { title: 'Runner', finding: { status: 'ok', summary: runner || 'unknown' } },
    {
      title: 'Secrets',
      finding:
        noSecrets === undefined
          ? { status: 'ok', summary: 'this kind of job can have secrets' }
          : {
              status: 'warning',
              summary: noSecrets,
              repair:
                'Run the agent on branches of this repository, or on an event of the base repository that checks who triggers it.',
            },
    },
  ]
}
