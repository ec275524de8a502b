import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createOz, readCalls } from '@oz-agent/oz-sim'
import { expect, it, onTestFinished } from 'vitest'
import { LocalRunner } from './local-runner.ts'

const INPUTS = { prompt: 'Look around.', warp_api_key: 'wk-0123456789abcdef' }

/** A job whose action runs from the sources. */
async function job() {
  const runner = new LocalRunner()
  onTestFinished(() => runner.remove())
  const oz = await createOz({ dir: runner.bin })
  const closings = async () =>
    (await readCalls(oz.record)).filter(({ argv }) => argv.includes('report-shutdown')).length
  const folder = () => join(runner.temp, readdirSync(runner.temp)[0] ?? '')
  return { runner, closings, folder }
}

/** Writes to it fail for want of space: https://man7.org/linux/man-pages/man4/full.4.html */
const FULL = '/dev/full'
const onLinux = it.runIf(existsSync(FULL))

onLinux('fails, closes the run and leaves no secrets when the outputs cannot be written', async () => {
  const { runner, closings, folder } = await job()
  const mcp = '{"tracker":{"command":"tracker","env":{"TOKEN":"token-0123456789"}}}'
  const end = await runner.run({ ...INPUTS, mcp }, { GITHUB_OUTPUT: FULL })
  expect(end.exitCode).toBe(69)
  expect(end.log).toContain('::error::The outputs could not be published: the disk is full')
  expect(end.log).not.toContain('bug')
  expect(await closings()).toBe(1)
  expect(readdirSync(folder())).not.toContain('private')

  const after = await runner.start('post', INPUTS).ended
  expect(after.exitCode).toBe(0)
  expect(await closings()).toBe(1)
  expect(readFileSync(join(folder(), 'result.json'), 'utf8')).toContain('"succeeded"')
})

onLinux('only warns when the summary cannot be written', async () => {
  const { runner } = await job()
  const end = await runner.run(INPUTS, { GITHUB_STEP_SUMMARY: FULL })
  expect(end.exitCode).toBe(0)
  expect(end.log).toContain('::warning::The step summary could not be written')
  expect(runner.outputs()).toMatchObject({ outcome: 'succeeded', agent_output: 'All done.' })
})

it('tells of a folder for temporary files that is none, in outputs and log', async () => {
  const { runner, closings } = await job()
  const end = await runner.run(INPUTS, { RUNNER_TEMP: runner.commandFile('env') })
  expect(end.exitCode).toBe(69)
  expect(end.log).toMatch(/::error title=Oz agent%3A unavailable::a part of the path is no folder: ENOTDIR/)
  expect(runner.outputs()).toMatchObject({ outcome: 'unavailable', exit_code: '69' })
  expect(await closings()).toBe(0)
})

it('never fails the job in the post step, also when the record of the run is broken', async () => {
  const { runner, folder } = await job()
  await runner.run(INPUTS)
  writeFileSync(join(folder(), 'run-record.json'), '{')
  const after = await runner.start('post', INPUTS).ended
  expect(after.exitCode).toBe(0)
  expect(after.log).toContain('::warning::The step could not be cleaned up: ')
  expect(after.log).not.toContain('    at ')
})
