import * as z from 'zod'
import type { Repository } from '../generator/plan.ts'
import { includeList, type LoadedPipeline, loadIncludes, loadPipeline } from './includes.ts'
import { jobsOf, pipelineProblems } from './pipeline.ts'

/**
 * Everything that is wrong with the pipelines that these files describe, one sentence each: the inputs that they give
 * to local files, and jobs that GitLab would refuse or run in another way than they look.
 * Templates of other projects, URLs and components cannot be read, so they are not checked.
 */
export async function checkRepository(
  repository: Repository,
  files: readonly string[],
): Promise<readonly string[]> {
  const problems: string[] = []
  for (const file of files) {
    const bytes = await repository.read(file)
    if (bytes === undefined) problems.push(`${file}: there is no such file`)
    else {
      const pipeline = await loadPipeline(repository, file, Buffer.from(bytes).toString('utf8'))
      problems.push(...(await checkPipeline(repository, file, pipeline, CHILD_LEVELS)))
    }
  }
  return [...new Set(problems)]
}

/** A child pipeline may start children, which may start none: https://docs.gitlab.com/ci/pipelines/downstream_pipelines/ */
const CHILD_LEVELS = 2

async function checkPipeline(
  repository: Repository,
  file: string,
  pipeline: LoadedPipeline,
  levels: number,
): Promise<readonly string[]> {
  const problems = [...pipeline.problems, ...pipelineProblems(pipeline).map((one) => `${file}: ${one}`)]
  if (levels === 0) return problems
  for (const part of pipeline.parts) {
    for (const [name, job] of jobsOf(part.body)) {
      const child = withChild.safeParse(job)
      if (!child.success) continue
      const loaded = await loadIncludes(repository, part.file, child.data.trigger.include)
      problems.push(
        ...(await checkPipeline(repository, `${part.file}: jobs:${name}:trigger`, loaded, levels - 1)),
      )
    }
  }
  return problems
}

const withChild = z.looseObject({ trigger: z.looseObject({ include: includeList }) })
