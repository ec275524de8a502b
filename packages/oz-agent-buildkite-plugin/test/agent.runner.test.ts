import { describeRunner, runnerPath } from '@oz-agent/test-runners'
import { execaSync } from 'execa'
import { afterAll, expect, it } from 'vitest'
import { allJobs } from './jobs/all-jobs.ts'
import { runJob } from './support/job.ts'
import type { NamedJob } from './support/named-job.ts'
import { openWorkshop, type Workshop } from './support/workshop.ts'

/** Of the log of a job that failed, in characters. */
const SHOWN = 20_000

for (const runner of ['buildkite-agent', 'buildkite-agent-v4'] as const) {
  describeRunner(runner, 'jobs of the plugin', (agent) => {
    let workshop: Workshop | undefined
    afterAll(() => workshop?.remove())
    const version = agent === '' ? '' : versionOf(agent)

    for (const job of allJobs) {
      const tooOld = isOlder(version, job)
      const noNode = job.node === 'oldest' && runnerPath('oldest-node') === undefined
      const name = tooOld ? `${job.name} (not by ${version}: ${job.since?.why})` : job.name
      it.skipIf(tooOld || noNode)(name, { timeout: 120_000 }, async () => {
        workshop ??= openWorkshop()
        const end = await runJob(agent, workshop, job)
        const refused = end.calls.filter((call) => call.refused !== undefined)
        try {
          expect(refused.map((call) => call.refused)).toEqual([])
          await job.check(end)
        } catch (error) {
          console.error(`The end of this job's log:\n${end.log.slice(-SHOWN)}`)
          throw error
        }
      })
    }
  })
}

function versionOf(agent: string): string {
  const { stdout } = execaSync(agent, ['--version'])
  return /\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? ''
}

function isOlder(version: string, { since }: NamedJob): boolean {
  return (
    since !== undefined && version !== '' && version.localeCompare(since.version, 'en', { numeric: true }) < 0
  )
}
