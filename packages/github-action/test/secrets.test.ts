import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCalls } from '@oz-agent/oz-sim'
import { afterEach, describe, expect, test } from 'vitest'
import { jobWith, KEY } from './support.ts'

const MASKED = 'p4ss/word+"with" specials'

/** Every spelling under which a secret might leave. */
function spellings(secret: string): [string, string][] {
  const bytes = Buffer.from(secret)
  const aligned = [0, 1, 2].map((pad) => {
    const text = Buffer.concat([Buffer.alloc(pad), bytes]).toString('base64')
    const start = Math.ceil((pad * 8) / 6)
    const end = Math.floor(((pad + bytes.length) * 8) / 6)
    return [`base64, shifted by ${pad}`, text.slice(start, end)] as [string, string]
  })
  return [
    ['plain', secret],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['in a URL', encodeURIComponent(secret)],
    ['as hex', bytes.toString('hex')],
    ['as upper-case hex', bytes.toString('hex').toUpperCase()],
    ...aligned,
  ]
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

const script = {
  steps: [
    { leak: {} },
    { message: `The other one is ${MASKED}.` },
    { message: Buffer.from(`x${MASKED}`).toString('base64') },
    { message: encodeURIComponent(MASKED) },
    { run: { command: 'cat secret', pretend: { exit_code: 0, output: MASKED } } },
    { print: `past the events: ${MASKED}` },
    { dump: { to: 'message' as const } },
    { dump: { to: 'stderr' as const } },
  ],
}

describe('no secret leaves the step', () => {
  let job: Awaited<ReturnType<typeof jobWith>>
  afterEach(() => job.runner.remove())

  test('by log, outputs, state, summary, files, arguments or the agent’s environment', async () => {
    job = await jobWith(script)
    const { runner } = job
    const mcp = `{"search": {"url": "https://mcp.example.com", "headers": {"Authorization": "Bearer ${MASKED}"}}}`
    const inputs = {
      ...job.inputs,
      mask: MASKED,
      mcp: mcp.replace(MASKED, JSON.stringify(MASKED).slice(1, -1)),
    }
    const end = await runner.run(inputs, { DEPLOY_PASSWORD: MASKED, COPY_OF_KEY: KEY })
    expect(end.exitCode, end.log).toBe(0)

    // The one place where a secret must be printed: the command that has the runner mask it.
    const log = end.log.split('\n').filter((line) => !line.startsWith('::add-mask::'))
    const places = new Map([['log', log.join('\n')]])
    for (const name of ['output', 'state', 'env', 'path', 'summary']) {
      places.set(`GITHUB_${name}`, readFileSync(runner.commandFile(name), 'utf8'))
    }
    for (const file of filesBelow(runner.temp)) places.set(file, readFileSync(file, 'latin1'))
    const calls = await job.agentRuns()
    expect(calls).toHaveLength(1)
    // Of every process that the step started, not only of the agent.
    places.set('arguments', JSON.stringify((await readCalls(job.oz.record)).map((call) => call.argv)))
    const { WARP_API_KEY: _, ...env } = calls[0]?.env ?? {}
    places.set("the agent's environment", JSON.stringify(env))

    for (const [place, text] of places) {
      for (const [secret, name] of [
        [KEY, 'the key'],
        [MASKED, 'the masked value'],
      ] as const) {
        for (const [spelling, form] of spellings(secret)) {
          expect(text.includes(form), `${name}, ${spelling}, in ${place}`).toBe(false)
        }
      }
    }
    expect(end.log).toContain('DEPLOY_PASSWORD')
    expect(end.log).toContain('***')
  })

  test('nor come back whole where what tears them apart is removed later', async () => {
    const marks = [
      '\u200b',
      '\u00ad',
      '\u202e',
      '\ufeff',
      '\ufe0f',
      '\u{e0041}',
      '\u2060',
      '\u001b[31m',
      '\b',
    ]
    const torn = marks.map((mark) => [...KEY].join(mark))
    job = await jobWith({
      steps: [
        ...torn.map((text) => ({ message: `It is ${text}.` })),
        ...torn.map((text) => ({ print: `plain ${text}` })),
        ...torn.map((text) => ({
          run: { command: `echo ${text}`, pretend: { exit_code: 1, output: text } },
        })),
        { message: torn.join('\n') },
        { exit: { code: 1 } },
      ],
    })
    const { runner } = job
    const end = await runner.run(job.inputs)
    expect(end.exitCode, end.log).toBe(1)
    const log = end.log.split('\n').filter((line) => !line.startsWith('::add-mask::'))
    const places = new Map([['log and annotations', log.join('\n')]])
    for (const name of ['output', 'summary']) places.set(name, readFileSync(runner.commandFile(name), 'utf8'))
    for (const file of filesBelow(runner.temp)) places.set(file, readFileSync(file, 'utf8'))
    // As JSON spells them too: escapes become what they stand for when a reader parses it.
    const unseen = [...marks, '\\u001b[31m', '\\b', '\\u0008']
    for (const [place, text] of places) {
      const seen = unseen.reduce((left, mark) => left.replaceAll(mark, ''), text)
      expect(seen.includes(KEY), `the key in ${place}`).toBe(false)
    }
    expect(runner.outputs().final_message).toBe(torn.map(() => '***').join('\n'))
  })

  test('and what was private to it is gone', async () => {
    job = await jobWith('success')
    const inputs = {
      ...job.inputs,
      prompt: 'x'.repeat(110_000),
      mcp: '{"a": {"env": {"TOKEN": "abcdefgh1234"}}}',
    }
    const end = await job.runner.run(inputs)
    expect(end.exitCode, end.log).toBe(0)
    expect(
      filesBelow(job.runner.temp)
        .map((file) => file.split('/').at(-1))
        .sort(),
    ).toEqual([
      'agent-output.md',
      'result.json',
      'run-record.json',
      'run-record.json.closed-by-main',
      'transcript.ndjson',
    ])
  })
})
