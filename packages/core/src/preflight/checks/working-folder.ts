import { resolve } from 'node:path'
import type { CompletedProcess } from '../../ports.ts'
import { printableLine } from '../../report/printable.ts'
import type { Check } from '../check.ts'
import type { DoctorContext } from '../doctor-context.ts'
import { type Finding, ok, problem, skipped, warning } from '../finding.ts'

const GIT_TIMEOUT = 5_000

export const workingFolder: Check = {
  id: 'working-folder',
  group: 'folders',
  title: 'Working folder',
  async run(context) {
    const { request, checkout, ports } = context
    if (request.placement.kind === 'cloud') return skipped('a managed worker has its own')
    const folder = resolve(checkout, request.placement.cwd ?? '')
    const info = await ports.files.info(folder)
    if (info?.kind !== 'folder') {
      const what = info === undefined ? 'does not exist' : 'is no folder'
      return problem(
        'invalid-input',
        `${folder} ${what}`,
        `Check the repository out, or correct ${context.nameOf('cwd')}.`,
      )
    }
    return gitState(folder, context)
  },
}

async function gitState(folder: string, { ports, env }: DoctorContext): Promise<Finding> {
  const git = (...args: string[]): Promise<CompletedProcess> =>
    ports.processes.run(
      { file: 'git', args: ['-C', folder, ...args], env: { ...env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' } },
      { timeout: GIT_TIMEOUT, maxBytes: 1024 * 1024 },
    )
  let facts: CompletedProcess
  try {
    facts = await git('rev-parse', '--is-inside-work-tree', '--is-shallow-repository')
  } catch {
    return warning(`${folder}: git is not installed`, 'Install git: the agent works with it.')
  }
  if (facts.timedOut)
    return warning(`${folder}: git did not answer in time`, `Run by hand: git -C ${folder} status`)
  if (facts.stderr.includes('safe.directory') || facts.stderr.includes('dubious ownership')) {
    return problem(
      'unavailable',
      `${folder} belongs to another user: git refuses to work there`,
      `Run: git config --global --add safe.directory ${folder}`,
    )
  }
  const [inside, shallow] = facts.stdout.split('\n')
  if (facts.exit.kind !== 'code' || facts.exit.code !== 0 || inside !== 'true') {
    const said = printableLine(facts.stderr.split('\n')[0] ?? '')
    return warning(
      `${folder} is no working tree of git${said === '' ? '' : ` (${said})`}`,
      'Check the repository out before the step, if the agent is to work on one.',
    )
  }
  const history = shallow === 'true' ? ', shallow (git fetch --unshallow brings the history)' : ''
  const status = await git('status', '--porcelain', '--untracked-files=normal')
  const changed = status.stdout.split('\n').filter((line) => line !== '').length
  if (changed > 0) {
    return warning(
      `${folder}: ${changed} uncommitted ${changed === 1 ? 'file' : 'files'}${history}`,
      'Commit, ignore or remove them, or the changes of the agent mix with them. See: git status',
    )
  }
  return ok(`${folder}: git, clean${history}`)
}
