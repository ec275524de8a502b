import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { OzFixture } from '../testing/oz-fixture.ts'

describe('oz agent run', () => {
  it.each(['json', 'ndjson'])('prints one JSON object a line as %s', async (format) => {
    await using oz = await OzFixture.create()
    const { exitCode, stdout } = await oz.run(['agent', 'run', '--prompt=x', `--output-format=${format}`])
    const lines = stdout.toString('utf8').trimEnd().split('\n')
    expect(exitCode).toBe(0)
    expect(lines.map((line) => JSON.parse(line).type)).toEqual([
      'system',
      'system',
      'agent_reasoning',
      'agent',
    ])
  })

  it.each([[[]], [['--output-format=text']], [['--output-format=pretty']]])(
    'prints prose with %j',
    async (flags) => {
      await using oz = await OzFixture.create({
        run_id: 'r-1',
        session_url: 'https://example.com/s',
        steps: [],
      })
      const { stdout } = await oz.run([
        'agent',
        'run',
        '--prompt=x',
        '--share',
        '--conversation=c-1',
        ...flags,
      ])
      expect(stdout.toString('utf8').split('\n')).toEqual([
        'Run ID: r-1',
        'Open in Oz: https://oz.warp.dev/runs/r-1',
        'New conversation started with debug ID: c-1',
        'Sharing session at: https://example.com/s',
        '',
      ])
    },
  )

  it('reports a shared session only where one was asked for', async () => {
    await using oz = await OzFixture.create({ steps: [] })
    const kinds = ({ events }: Awaited<ReturnType<typeof oz.agent>>) =>
      events.map(({ event_type }) => event_type)
    expect(kinds(await oz.agent())).toEqual(['run_started', 'conversation_started'])
    expect(kinds(await oz.agent('x', '--share'))).toContain('shared_session_established')
  })

  it('works in the folder of --cwd', async () => {
    await using oz = await OzFixture.create({
      steps: [{ run: 'pwd' }, { edit: { path: 'a/b.txt', content: 'x' } }],
    })
    writeFileSync(join(oz.work, 'plain'), '')
    await oz.run(['agent', 'run', '--prompt=x', `--cwd=${oz.oz.dir}`])
    expect(readFileSync(join(oz.oz.dir, 'a', 'b.txt'), 'utf8')).toBe('x')
    const refused = await oz.agent('x', '--cwd=plain')
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("the folder 'plain'") })
  })

  const keys = {
    'no key': '',
    'a key that the service refuses': 'wk-invalid',
    'a key of another service': 'sk-1',
  }
  it.each(Object.entries(keys))('ends with 1 for %s', async (_name, key) => {
    await using oz = await OzFixture.create()
    const { exitCode, stderr, stdout } = await oz.run(['agent', 'run', '--prompt=x'], { WARP_API_KEY: key })
    expect(exitCode).toBe(1)
    expect(stdout.length).toBe(0)
    expect(stderr).toMatch(key === '' ? /no API key was given/ : /The API key is invalid\n=> /)
  })

  it('points to the log file of its channel', async () => {
    await using oz = await OzFixture.create('agent-error', { channel: 'preview' })
    const { stderr } = await oz.agent()
    const path = join(oz.oz.dir, '.local/state/warp-terminal-preview/oz/warp_preview.log')
    expect(stderr).toBe(
      `Error: The agent could not go on\n=> the model gave no answer\n\nFor more information, check Warp logs at ${path}\n`,
    )
    expect(readFileSync(path, 'utf8')).toContain('agent run')
  })

  it('refuses an unknown key of a configuration file', async () => {
    await using oz = await OzFixture.create()
    writeFileSync(join(oz.work, 'good.yml'), 'name: nightly\nmodel_id: m\n')
    writeFileSync(join(oz.work, 'bad.yml'), 'nmae: nightly\n')
    expect(await oz.agent('x', '--file=good.yml')).toMatchObject({ exitCode: 0 })
    const refused = await oz.agent('x', '--file=bad.yml')
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('unknown field `nmae`') })
    const missing = await oz.agent('x', '--file=gone.yml')
    expect(missing).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('gone.yml') })
  })

  const SERVERS = {
    'a file that is not there': ['./gone.json', "Could not read the MCP configuration './gone.json'"],
    'JSON that does not parse': ['{"a":', 'Could not read the MCP configuration the inline JSON'],
    nothing: ['', 'An MCP server is empty'],
    'a blank': [' ', 'An MCP server is empty'],
  } as const
  it.each(Object.entries(SERVERS))(
    'ends with 1 for an MCP server that is %s',
    async (_name, [spec, error]) => {
      await using oz = await OzFixture.create()
      const refused = await oz.agent('x', `--mcp=${spec}`)
      expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(`Error: ${error}`) })
    },
  )

  it.each(['linear', '{8f14e45f-ceea-467f-a9b1-2d6f0c5e8a11}'])('takes the MCP server %s', async (spec) => {
    await using oz = await OzFixture.create()
    expect(await oz.agent('x', `--mcp=${spec}`)).toMatchObject({ exitCode: 0 })
  })

  it.each(['opencode', 'open-code'])('ends with 1 for the harness %s', async (harness) => {
    await using oz = await OzFixture.create()
    expect(await oz.agent('x', `--harness=${harness}`)).toMatchObject({ exitCode: 1 })
  })

  it.each([['WARP_OUTPUT_FORMAT'], ['WARP_AGENT_CONFIG_FILE'], ['OZ_IDLE_ON_FAIL']])(
    'ends with 2 for an empty %s',
    async (name) => {
      await using oz = await OzFixture.create()
      const { exitCode } = await oz.run(['agent', 'run', '--prompt=x'], { [name]: '' })
      expect(exitCode).toBe(2)
    },
  )

  it('ends with 2 on a usage error', async () => {
    await using oz = await OzFixture.create()
    const { exitCode, stderr } = await oz.run(['agent', 'run', '--prompt', '- bullet'])
    expect(exitCode).toBe(2)
    expect(stderr).toContain("error: unexpected argument '- ' found")
  })

  it('stops by itself before the deadline of its sandbox', async () => {
    await using oz = await OzFixture.create('hang-mid')
    const soon = Math.floor(Date.now() / 1000) + 300
    const { exitCode } = await oz.run(['agent', 'run', '--prompt=x'], { WARP_SANDBOX_DEADLINE: `${soon}` })
    expect(exitCode).toBe(0)
  })
})
