import { afterEach, describe, expect, test } from 'vitest'
import { jobWith } from './support.ts'

/**
 * What GitHub's runner obeys in a log: it reads line by line, knows `::name::` at the start of a trimmed line and
 * `##[name]` anywhere in it, and nothing but the token between `::stop-commands::<token>` and `::<token>::`.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
function obeyedCommands(log: string): string[] {
  const obeyed: string[] = []
  let stopToken: string | undefined
  for (const line of log.split(/\r\n|\r|\n/)) {
    const match = /^::([^\s:]+)(?: [^:]*)?::/.exec(line.trimStart()) ?? /##\[([^\s\]]+)[^\]]*\]/.exec(line)
    if (match === null) continue
    const [, name = ''] = match
    if (stopToken !== undefined) {
      if (name === stopToken) stopToken = undefined
      continue
    }
    if (name === 'stop-commands') stopToken = line.slice(line.lastIndexOf('::') + 2)
    else obeyed.push(line.trim())
  }
  return obeyed
}

describe('an agent cannot speak to the runner', () => {
  let job: Awaited<ReturnType<typeof jobWith>>
  afterEach(() => job.runner.remove())

  test('by workflow commands in whatever it says, runs, prints or logs', async () => {
    job = await jobWith('forge-github')
    const end = await job.runner.run(job.inputs)
    expect(end.exitCode, end.log).toBe(0)
    const obeyed = obeyedCommands(end.log)
    expect(obeyed.filter((line) => !/^::(add-mask|group|endgroup|notice)\b/.test(line))).toEqual([])
    expect(obeyed.filter((line) => line.includes('forged') && !line.startsWith('::group::'))).toEqual([])
    // Every group that was opened ends, so none swallows what comes later.
    const count = (name: string) => obeyed.filter((line) => line.startsWith(`::${name}::`)).length
    expect(count('group')).toBe(count('endgroup'))
  })

  test('by delimiters in what becomes an output', async () => {
    job = await jobWith('forge-github')
    await job.runner.run(job.inputs)
    const outputs = job.runner.outputs()
    expect(outputs.outcome).toBe('succeeded')
    expect(outputs.agent_output).toContain('EOF\noutcome=forged')
    expect(outputs.final_message).toContain('agent_output<<EOF')
  })

  test('by control characters', async () => {
    job = await jobWith('forge-ansi')
    const end = await job.runner.run(job.inputs)
    expect(end.exitCode).toBe(0)
    const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/
    expect(end.log.split('\n').filter((line) => control.test(line))).toEqual([])
  })
})
