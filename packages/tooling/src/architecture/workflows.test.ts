import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from '../project.ts'

interface Job {
  readonly permissions?: Readonly<Record<string, string>> | string
  readonly uses?: string
  readonly steps?: readonly { readonly uses?: string; readonly run?: string; readonly with?: object }[]
}

const folder = join(root, '.github/workflows')
const workflows = readdirSync(folder).map((name) => {
  const { permissions, jobs } = parse(readFileSync(join(folder, name), 'utf8'))
  return { name, permissions, jobs: Object.entries(jobs as Record<string, Job>) }
})
const jobs = workflows.flatMap(({ name, jobs }) => jobs.map(([id, job]) => ({ name: `${name}: ${id}`, job })))

const mayWrite = ({ permissions }: Job): boolean =>
  typeof permissions !== 'object' ||
  Object.values(permissions).some((right) => right !== 'read' && right !== 'none')

test.each(workflows)('$name gives no right to all of its jobs', ({ permissions }) => {
  expect(permissions).toEqual({})
})

test.each(jobs)('$name runs no foreign code beside a token that may write', ({ job }) => {
  if (!mayWrite(job)) return
  expect(job.uses).toBeUndefined()
  for (const { uses, run = '' } of job.steps ?? []) {
    expect(uses).toBeUndefined()
    expect(run).not.toMatch(/\b(npm|npx|pnpm|node|yarn|bash|sh|curl|wget|git)\s/)
  }
})

test.each(jobs)('$name leaves no token in its checkout', ({ job }) => {
  const checkouts = (job.steps ?? []).filter(({ uses }) => uses?.startsWith('actions/checkout@'))
  for (const step of checkouts) expect(step.with).toMatchObject({ 'persist-credentials': false })
})
