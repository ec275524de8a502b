import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describeRunner } from '@oz-agent/test-runners'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { OZ_VERSION, OzMirror } from './support/oz-mirror.ts'
import { Pipeline } from './support/pipeline.ts'

describeRunner('gitlab-ci-local', 'a CLI that the job installs', (runner) => {
  let pipeline: Pipeline

  beforeEach(async () => {
    pipeline = await Pipeline.create(runner)
  })
  afterEach(() => pipeline.remove())

  /** Each pipeline meets a machine that keeps nothing but GitLab's cache. */
  const run = async (mirror: OzMirror, options: readonly string[]) => {
    await rm(join(pipeline.folder, 'home'), { recursive: true, force: true })
    const inputs = { prompt: 'Do it', oz_download_url: mirror.url, oz_version: OZ_VERSION }
    return pipeline.run({
      init: options,
      installed: 'nowhere',
      config: { include: [{ local: '/.gitlab/oz-agent/template.yml', inputs }] },
    })
  }

  test('is downloaded once with --cache: the next pipeline takes the archive from GitLab’s cache', async () => {
    await using mirror = await OzMirror.start(pipeline.folder)
    const first = await run(mirror, ['--cache'])
    expect(first.log('oz-agent')).toContain('Kept the archive in the platform')
    expect(first.exitCode).toBe(0)
    const asked = mirror.requests.length
    expect(asked).toBeGreaterThan(0)
    const second = await run(mirror, ['--cache'])
    expect(second.log('oz-agent')).toMatch(/platform-cache: taken/)
    expect(second.exitCode).toBe(0)
    expect(mirror.requests).toHaveLength(asked)
  })

  test('is downloaded in each pipeline without it', async () => {
    await using mirror = await OzMirror.start(pipeline.folder)
    expect((await run(mirror, [])).exitCode).toBe(0)
    const asked = mirror.requests.length
    expect((await run(mirror, [])).exitCode).toBe(0)
    expect(mirror.requests).toHaveLength(2 * asked)
  })
})
