import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createNodePorts, OUTPUTS, type OutputValues, type StepReport } from '@oz-agent/core'
import { aResult, FakeClock, RecordingSink, temporaryFolder } from '@oz-agent/core/testing'
import { describe, expect, it } from 'vitest'
import type { AgentCommands, CallResult } from '../buildkite-agent/commands.ts'
import { createBuildkiteLogFormat } from '../log-format.ts'
import { createReports, type ReporterParts } from './reporter.ts'

const OK: CallResult = { ok: true, stdout: '' }
const FAILED: CallResult = { ok: false, reason: 'ended with 1: fatal: 500' }

/** Commands that answer alike, and note what they were asked. */
function commandsThat(answer: (name: string, limit: number) => Promise<CallResult>) {
  const asked: { name: string; text: string; limit: number }[] = []
  const note = (name: string, text: string, limit: number) => {
    asked.push({ name, text, limit })
    return answer(name, limit)
  }
  const commands: AgentCommands = {
    annotate: (body, _context, style, limit) => note('annotate', `${style}: ${body}`, limit),
    setMetaData: (key, value, limit) => note('meta-data', `${key}=${value}`, limit),
    uploadArtifacts: (paths, _folder, limit) => note('artifact', paths.join(' '), limit),
    setLabel: (label, limit) => note('label', label, limit),
    addRedactions: (secrets, limit) => note('redactor', secrets.join(), limit),
    getSecret: (name, limit) => note('secret', name, limit),
    getVersion: (limit) => note('version', '', limit),
  }
  return { asked, commands }
}

async function inFolder(
  answer: (name: string, limit: number, clock: FakeClock) => Promise<CallResult>,
  changed: Partial<ReporterParts>,
  work: (set: {
    reporter: ReturnType<typeof createReports>
    asked: ReturnType<typeof commandsThat>['asked']
    log: RecordingSink
    report: StepReport
  }) => Promise<void>,
): Promise<void> {
  await using folder = await temporaryFolder()
  const results = join(folder.path, 'oz-agent')
  await mkdir(results)
  for (const name of ['result.json', 'transcript.ndjson']) await writeFile(join(results, name), '{}')
  const clock = new FakeClock()
  const { asked, commands } = commandsThat((name, limit) => answer(name, limit, clock))
  const log = new RecordingSink()
  const reporter = createReports({
    env: { BUILDKITE_LABEL: 'Step' },
    commands,
    ports: { files: createNodePorts().files, log, clock },
    logFormat: createBuildkiteLogFormat(),
    plan: {
      context: 'c',
      metaDataPrefix: 'p',
      uploadArtifacts: true,
      labelSuffix: true,
      annotate: true,
      artifactRoot: folder.path,
      patchFile: join(results, 'changes.patch'),
    },
    patch: async () => 'the patch',
    commandRuns: () => [],
    secrets: () => ['hunter22'],
    cancelled: new Promise(() => {}),
    reportTime: () => undefined,
    ...changed,
  })
  const empty = Object.fromEntries(OUTPUTS.map(({ id }) => [id, ''])) as OutputValues
  const report: StepReport = {
    result: aResult(),
    outputs: { ...empty, outcome: 'succeeded', finalMessage: 'It was hunter22.' },
    summary: 'Said hunter22.',
    resultFile: join(results, 'result.json'),
    transcriptFile: join(results, 'transcript.ndjson'),
  }
  await work({ reporter, asked, log, report })
}

const named = (asked: readonly { name: string; text: string }[], name: string) =>
  asked.filter((call) => call.name === name).map(({ text }) => text)

describe('the reports of a step', () => {
  it('are written, without secrets', () =>
    inFolder(
      async () => OK,
      {},
      async ({ reporter, asked, log, report }) => {
        await reporter.finish(report)
        expect(named(asked, 'annotate')).toEqual([
          expect.stringMatching(/^success: \*\*Step\*\*\n\nSaid \*\*\*\.\n\nFiles: .*changes\.patch/),
        ])
        expect(named(asked, 'meta-data')).toEqual(['p:outcome=succeeded', 'p:final-message=It was ***.'])
        expect(named(asked, 'artifact')).toEqual([
          'oz-agent/result.json oz-agent/transcript.ndjson oz-agent/changes.patch',
        ])
        expect(named(asked, 'label')).toEqual(['Step · Oz succeeded :white_check_mark:'])
        expect(log.text).toBe('')
      },
    ))

  it('may all fail, each of which is told', () =>
    inFolder(
      async () => FAILED,
      {},
      async ({ reporter, log, report }) => {
        await reporter.finish(report)
        expect(log.text.match(/\n/g)).toHaveLength(2)
        expect(log.text).toMatch(/meta-data p:outcome.*\(ended with 1: fatal: 500\)\. This does not change/)
        for (const what of ['the annotation', 'the artifacts', "the step's label"]) {
          expect(log.text).toContain(what)
        }
      },
    ))

  it('are not green while the command of the step has failed, and are written again after its re-run', () => {
    const runs = [{ exitStatus: 7, duration: 1_000 }]
    return inFolder(
      async () => OK,
      { commandRuns: () => runs },
      async ({ reporter, asked, report }) => {
        await reporter.finish(report)
        runs.push({ exitStatus: 1, duration: 2_000 })
        await reporter.update()
        runs.push({ exitStatus: 0, duration: 2_000 })
        runs.splice(1, 1)
        await reporter.update()
        const again = 'Run again after the repair, it'
        expect(named(asked, 'annotate')).toEqual([
          expect.stringMatching(
            /^error: .*\n\nThe command of this step failed with exit status 7 after 1s\./,
          ),
          expect.stringMatching(
            new RegExp(`^error: .*\\n\\n.* ${again} failed with exit status 1.*\\n\\n.*\\n\\nFiles: `),
          ),
          expect.stringMatching(new RegExp(`^success: .*\\n\\n.* ${again} passed`)),
        ])
        expect(named(asked, 'label').map((label) => label.split(' · ').at(-1))).toEqual([
          'Oz succeeded, command failed :x:',
          'Oz succeeded, command failed :x:',
          'Oz succeeded :white_check_mark:',
        ])
        expect(named(asked, 'meta-data')).toContain('p:command-exit-status=7')
        expect(named(asked, 'meta-data')).toContain('p:command-rerun-exit-status=1')
        // Of the files, only `result.json` says something new.
        expect(named(asked, 'artifact').slice(1)).toEqual(['oz-agent/result.json', 'oz-agent/result.json'])
        expect(JSON.parse(await readFile(report.resultFile, 'utf8')).command).toEqual({
          exit_status: 7,
          duration_ms: 1_000,
          rerun: { exit_status: 0, duration_ms: 2_000 },
        })
      },
    )
  })

  it.each([
    ['names the file', 'Cut here: the whole text is in <code>oz-agent/agent-output.md</code>.', true],
    ['is whole', 'All of it.', false],
  ])('upload the whole text when the summary %s', (_, summary, isUploaded) =>
    inFolder(
      async () => OK,
      {},
      async ({ reporter, asked, report }) => {
        await writeFile(join(report.resultFile, '../agent-output.md'), 'all that was said')
        await reporter.finish({ ...report, summary })
        expect(named(asked, 'artifact')[0]?.includes(' oz-agent/agent-output.md')).toBe(isUploaded)
      },
    ),
  )

  it('may be unwanted', () =>
    inFolder(
      async () => OK,
      {},
      async ({ reporter, asked, report }) => {
        const { summary: _summary, ...others } = report
        await reporter.finish({ ...others, summary: undefined })
        expect(named(asked, 'annotate')).toEqual([])
      },
    ))

  it('share the time that a cancelled job has left', () =>
    inFolder(
      async (_name, limit, clock) => {
        await clock.advance(limit)
        return { ok: false, reason: `gave no answer within ${limit} ms` }
      },
      { reportTime: () => 2_000 },
      async ({ reporter, asked, log, report }) => {
        await reporter.finish(report)
        expect(asked.every(({ limit }) => limit <= 2_000)).toBe(true)
        expect(log.text).toContain('there was no time left')
      },
    ))

  it('begin with links, once for each that becomes known', () =>
    inFolder(
      async () => OK,
      {},
      async ({ reporter, asked, report }) => {
        reporter.start({ runId: 'r' })
        reporter.start({ runId: 'r', runUrl: 'https://r.example.com' })
        reporter.start({ runId: 'r', runUrl: 'https://r.example.com', conversationId: 'c' })
        await reporter.finish(report)
        expect(named(asked, 'annotate')).toEqual([
          expect.stringMatching(/^info: .*Oz is working.*\n\n\[Open the run\]/),
          expect.stringMatching(/^success: /),
        ])
      },
    ))
})
