import { attempt } from './attempt.ts'
import { fromNpm } from './from-npm.ts'
import { missing, type Runner } from './runner.ts'
import { runnerVersions } from './versions.ts'

/** Runs GitLab pipelines on this machine; copies the project with rsync. https://github.com/firecow/gitlab-ci-local */
export const gitlabCiLocal: Runner = {
  name: 'gitlab-ci-local',
  async ensure() {
    const rsync = await ensureRsync()
    return rsync ? missing(rsync) : fromNpm('gitlab-ci-local', runnerVersions.gitlabCiLocal)
  },
}

async function ensureRsync(): Promise<string | undefined> {
  const found = await attempt('rsync', ['--version'])
  if (!found) return undefined
  const isRoot = process.getuid?.() === 0
  const hasApt = !(await attempt('apt-get', ['--version']))
  const byHand = 'it needs rsync, which is not installed: install it with the system’s package manager'
  if (!isRoot || !hasApt) return byHand
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await attempt('apt-get', ['update'], { env })
  const failure = await attempt('apt-get', ['install', '-y', '--no-install-recommends', 'rsync'], { env })
  return failure && `${byHand} (apt-get: ${failure.problem})`
}
