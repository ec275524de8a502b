import { describe, expect, it } from 'vitest'
import { OzFixture } from '../testing/oz-fixture.ts'

const cloud = (...more: string[]) => ['agent', 'run-cloud', '--prompt=x', '--no-environment', ...more]
const text = ({ stdout }: { stdout: Buffer }) => stdout.toString('utf8')

describe('oz agent run-cloud', () => {
  it('prints text whatever the format, and exits 0 though the run failed', async () => {
    await using oz = await OzFixture.create({
      run_id: 'r-1',
      session_url: 'https://example.com/s',
      cloud: { printed: ['InProgress', 'Failed'], error: 'gave up', notice: 'All workers are busy.' },
    })
    const result = await oz.run(cloud('--output-format=json'))
    expect(result.exitCode).toBe(0)
    expect(text(result)).toBe(
      [
        'Spawned ambient agent with run ID: r-1',
        'View run: https://oz.warp.dev/runs/r-1',
        'All workers are busy.',
        'Agent state: InProgress',
        'Agent state: Failed',
        'Error: gave up',
        'View agent session: https://example.com/s',
        '',
      ].join('\n'),
    )
  })

  it('says that a run failed without a message', async () => {
    await using oz = await OzFixture.create({ cloud: { printed: ['InProgress', 'Failed'] } })
    expect(text(await oz.run(cloud()))).toContain('Agent state: Failed\nRun failed with no error message\n')
  })

  it('says that no session is ready yet', async () => {
    await using oz = await OzFixture.create({ run_id: 'r-1', cloud: { printed: [] } })
    const result = await oz.run(cloud())
    expect(result.exitCode).toBe(0)
    expect(text(result)).toContain('Agent session with run ID r-1 is not ready after 80s\n')
  })

  it('warns in colour of a team key, and not of a personal one', async () => {
    await using team = await OzFixture.create()
    expect((await team.run(cloud())).stderr).toMatch(/^\u001b\[33m.*team.*\u001b\[0m\n$/)
    await using person = await OzFixture.create({ whoami: { user: { uid: 'u', type: 'user' } } })
    expect((await person.run(cloud())).stderr).toBe('')
  })

  it('lets run get follow the run that a marker set up, one state a call', async () => {
    await using oz = await OzFixture.create()
    const marker = '[oz-sim: {"run_id": "r-2", "cloud": {"states": ["QUEUED", "INPROGRESS", "FAILED"]}}]'
    await oz.run(['agent', 'run-cloud', `--prompt=${marker}`, '--no-environment'])
    const states: unknown[] = []
    for (let look = 0; look < 4; look++) {
      states.push((await oz.run(['run', 'get', 'r-2', '--output-format=json'])).events[0]?.state)
    }
    expect(states).toEqual(['QUEUED', 'INPROGRESS', 'FAILED', 'FAILED'])
  })

  const REFUSED = {
    'neither an environment nor none': [['agent', 'run-cloud', '--prompt=x'], 'No environment was chosen'],
    'a secret of another harness': [
      cloud('--harness=codex', '--claude-auth-secret=s'),
      'needs --harness=claude',
    ],
    'six attachments': [
      cloud(...['1', '2', '3', '4', '5', '6'].map((n) => `--attach=${n}`)),
      'At most 5 files can be attached, got 6',
    ],
    'a secret without its harness': [cloud('--claude-auth-secret=s'), 'needs --harness=claude'],
    'an MCP server that does not parse': [cloud('--mcp={'), 'the inline JSON'],
    'an attachment that is not there': [cloud('--attach=gone.txt'), "Could not attach 'gone.txt'"],
  } as const
  it.each(Object.entries(REFUSED))('ends with 1 for %s', async (_name, [args, error]) => {
    await using oz = await OzFixture.create()
    const result = await oz.run(args)
    expect(result).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(error) })
  })
})

describe('the other commands', () => {
  it.each([
    ['oz', 'stable', 'Oz v0.2026.08.19.08.14.stable_01'],
    ['oz-preview', 'preview', 'Oz v0.2026.08.19.08.14.preview_01'],
    ['oz-dev', 'dev', 'Oz v0.2026.08.19.08.14.dev_01'],
  ] as const)('%s tells its release', async (_name, channel, release) => {
    await using oz = await OzFixture.create('success', { channel })
    expect(text(await oz.run(['--version']))).toBe(`${release}\n`)
  })

  it('tells the release that it was given', async () => {
    await using oz = await OzFixture.create('success', { version: 'v1' })
    expect(text(await oz.run(['--version'], { WARP_API_KEY: '' }))).toBe('v1\n')
  })

  it('says who it is in one line', async () => {
    await using oz = await OzFixture.create({
      whoami: { user: { uid: 'u', type: 'user', email: 'a@example.com' } },
    })
    const result = await oz.run(['whoami', '--output-format', 'json'])
    expect(text(result)).toBe('{"uid":"u","type":"user","email":"a@example.com"}\n')
    expect(await oz.run(['whoami'], { WARP_API_KEY: 'wk-invalid' })).toMatchObject({ exitCode: 1 })
  })

  it('does not say who it is as ndjson', async () => {
    await using oz = await OzFixture.create()
    const result = await oz.run(['whoami', '--output-format=ndjson'])
    expect(result).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/^Error: /) })
    expect(text(result)).toBe('')
  })

  const SHUTDOWN = ['harness-support', '--run-id=r', 'report-shutdown']
  it('prints an empty object for a shutdown in JSON', async () => {
    await using oz = await OzFixture.create()
    expect(text(await oz.run([...SHUTDOWN, '--output-format=json']))).toBe('{}\n')
  })

  it.each(['category', 'message'])(
    'ends with 1 for a shutdown with no more than an error %s',
    async (half) => {
      await using oz = await OzFixture.create()
      expect(await oz.run([...SHUTDOWN, `--error-${half}=x`])).toMatchObject({ exitCode: 1 })
    },
  )

  const NOT_SIMULATED = {
    'oz secret list': ['secret', 'list'],
    'oz login': ['login'],
    'oz dump-debug-info': ['--dump-debug-info'],
    'oz harness-support ping': ['harness-support', '--run-id=r', 'ping'],
    'oz run get --jq': ['run', 'get', 'r', '--jq=.state'],
    "oz'": [],
  }
  it.each(Object.entries(NOT_SIMULATED))('says that it does not simulate %s', async (name, args) => {
    await using oz = await OzFixture.create()
    const result = await oz.run(args)
    expect(result).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(`does not simulate '${name}`),
    })
    expect(oz.calls()).toMatchObject([{ end: { exit: { code: 1 } } }])
  })

  it('reports a shutdown, and fails to where the script says so', async () => {
    const args = [
      'harness-support',
      '--run-id=r',
      'report-shutdown',
      '--error-category=oom',
      '--error-message=m',
    ]
    await using oz = await OzFixture.create()
    expect(text(await oz.run(args))).toBe('Shutdown reported.\n')
    expect(oz.calls()).toMatchObject([{ argv: args, end: { exit: { code: 0 } } }])
    await using failing = await OzFixture.create('shutdown-fails')
    expect(await failing.run(args)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('=> status 500'),
    })
  })

  const LISTS = {
    'model list': ['model', 'list'],
    'agent list': ['agent', 'list'],
    'environment list': ['environment', 'list'],
    'environment get': ['environment', 'get', 'sim-environment'],
    'schedule create': ['schedule', 'create', '--host=w'],
    'integration update': ['integration', 'update', 'slack', '--host=w'],
  }
  it.each(Object.entries(LISTS))('answers %s in JSON', async (_name, args) => {
    await using oz = await OzFixture.create()
    const result = await oz.run([...args, '--output-format=json'])
    expect(result.exitCode).toBe(0)
    expect(() => JSON.parse(text(result))).not.toThrow()
  })
})
