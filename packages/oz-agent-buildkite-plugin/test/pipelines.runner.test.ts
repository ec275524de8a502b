import { writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { temporaryFolder } from '@oz-agent/core/testing'
import { describeRunner } from '@oz-agent/test-runners'
import { execa } from 'execa'
import { expect, it } from 'vitest'
import { EXAMPLES, examplePipelines, readmePipelines } from './support/pipelines.ts'

describeRunner('check-jsonschema', 'pipelines of the Buildkite examples and the README', (checker) => {
  const check = async (path: string) => {
    const options = ['--builtin-schema', 'vendor.buildkite', path]
    const run = await execa(checker, options, { all: true, reject: false })
    expect(run.exitCode, run.all).toBe(0)
  }

  it.each(examplePipelines().map((path) => [relative(EXAMPLES, path), path]))('%s', (_, path) =>
    check(path ?? ''),
  )

  it.each(readmePipelines())('README, line $line', async ({ yaml }) => {
    await using folder = await temporaryFolder()
    const path = join(folder.path, 'pipeline.yml')
    await writeFile(path, yaml)
    await check(path)
  })
})
