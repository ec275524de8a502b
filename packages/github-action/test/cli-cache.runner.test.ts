import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeRunner } from '@oz-agent/test-runners'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ActProject } from './act-project.ts'
import { CliMirror, VERSION } from './cli-mirror.ts'

describeRunner('act', 'the CLI under act', (act) => {
  let folder: string
  let mirror: CliMirror
  let project: ActProject
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'oz-cache-'))
    mirror = new CliMirror()
    await mirror.open(folder)
    project = new ActProject()
  })
  afterEach(() => {
    mirror.close()
    project.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  test('is downloaded once, and comes from the cache in the next run', async () => {
    project.addWorkflow(`on: workflow_dispatch
jobs:
  agent:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: org/oz-agent-action@v1
        with:
          prompt: Look around.
          oz_version: ${VERSION}
          oz_download_url: ${mirror.url}
          warp_api_key: \${{ secrets.WARP_API_KEY }}
`)
    const run = async () => {
      project.forgetTools()
      const cache = ['--cache-server-path', join(folder, 'cache'), '--cache-server-addr', '127.0.0.1']
      const end = await project.run(act, 'workflow_dispatch', cache)
      expect(end.exitCode, end.log).toBe(0)
      expect(end.log).toContain('from the mirror')
      return end.log
    }
    expect(await run()).toMatch(/download: taken/)
    expect(mirror.downloads).toBe(1)
    expect(await run()).toMatch(/platform-cache: taken/)
    expect(mirror.downloads).toBe(1)
  })
})
