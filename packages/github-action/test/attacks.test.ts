import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCalls } from '@oz-agent/oz-sim'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { jobWith } from './support.ts'

const until = (fact: () => unknown) =>
  vi.waitFor(() => expect(fact()).toBeTruthy(), { timeout: 20_000, interval: 20 })

/** What a hostile agent, which runs as the same user, leaves for the post step. */
describe.runIf(process.platform === 'linux')('a post step whose state and record the agent wrote', () => {
  let job: Awaited<ReturnType<typeof jobWith>>
  let victim: ChildProcess | undefined
  afterEach(async () => {
    victim?.kill('SIGKILL')
    await job.runner.remove()
  })

  async function plant(folder: string): Promise<{ proof: string; precious: string }> {
    const { runner } = job
    const proof = join(runner.root, 'obeyed')
    const precious = join(runner.root, 'precious')
    const program = join(runner.root, 'evil')
    writeFileSync(program, `#!/bin/sh\nenv > '${proof}'\n`)
    chmodSync(program, 0o755)
    mkdirSync(precious)
    writeFileSync(join(precious, 'file'), 'x')
    victim = spawn('sleep', ['1000'], { stdio: 'ignore' })
    const stat = readFileSync(`/proc/${victim.pid}/stat`, 'utf8')
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const record = {
      version: 1,
      marker: 'x',
      agent: { pid: victim.pid, startTime: `${boot}/${ticks}` },
      runId: 'r-1',
      cliPath: program,
      privateFolder: precious,
      resultFile: join(precious, 'file'),
      resultsWritten: false,
      close: { kind: 'open' },
    }
    writeFileSync(join(folder, 'run-record.json'), JSON.stringify(record))
    return { proof, precious }
  }

  test.each([
    { name: 'of a folder elsewhere', at: (root: string) => join(root, 'elsewhere') },
    {
      name: 'of a folder below the temporary one',
      at: (_: string, temp: string) => join(temp, 'a/oz-agent-b'),
    },
    {
      name: 'of a folder that looks like one of ours',
      at: (_: string, temp: string) => join(temp, 'oz-agent-evil'),
    },
  ])('starts no program, kills no process and deletes no folder by the record $name', async ({ at }) => {
    job = await jobWith('success')
    const folder = at(job.runner.root, job.runner.temp)
    const { proof, precious } = await plant(folder)
    const env = { STATE_oz_agent_folder: folder, STATE_oz_agent_record: join(folder, 'run-record.json') }
    const post = await job.runner.start('post', job.inputs, env).ended
    expect(post.exitCode, post.log).toBe(0)
    expect(existsSync(proof), post.log).toBe(false)
    expect(readFileSync(join(precious, 'file'), 'utf8')).toBe('x')
    expect(victim?.exitCode ?? null).toBeNull()
    expect(existsSync(`/proc/${victim?.pid}`)).toBe(true)
  })

  test('gives the CLI that closes the run none of the tokens of the runner', async () => {
    job = await jobWith('hang-mid')
    const { runner } = job
    const tokens = {
      ACTIONS_RUNTIME_TOKEN: 'runtime-0123456789',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'oidc-0123456789',
    }
    const step = runner.start('run', job.inputs, tokens)
    await until(() => {
      const [folder = ''] = readdirSync(runner.temp)
      const record = join(runner.temp, folder, 'run-record.json')
      return existsSync(record) && readFileSync(record, 'utf8').includes('runId')
    })
    step.kill('SIGKILL')
    await step.ended
    const post = await runner.start('post', job.inputs, tokens).ended
    expect(post.log).toContain('Reported run')
    const closing = readCalls(job.oz.record).find(({ argv }) => argv.includes('report-shutdown'))
    expect(closing?.env_names).toContain('WARP_API_KEY')
    expect(
      closing?.env_names.filter((name) => /^(ACTIONS|INPUT|STATE)_|^GITHUB_(STATE|OUTPUT)$/.test(name)),
    ).toEqual([])
  })
})
