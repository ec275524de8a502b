import * as fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import { NO_EVENTS } from '../agent/run-state.ts'
import { aResult } from '../testing/staged-run.ts'
import { renderSummary } from './summary.ts'

const html = (markdown: string): string =>
  micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })

describe('the summary of a step', () => {
  it('tells a person what happened', () => {
    const state = {
      ...NO_EVENTS,
      runUrl: 'https://oz.warp.dev/runs/run-1',
      sessionUrl: 'https://app.warp.dev/s/1',
      finalMessage: '# Done\n- a',
      messages: 2,
      toolCalls: { run_command: 2, grep: 1 },
      failedCommands: [{ command: 'npm test', exitCode: 1 }],
      failedCommandCount: 1,
      editedFiles: ['src/a.ts'],
      editedFileCount: 1,
      artifacts: [{ type: 'pull_request', url: 'https://example.com/pull/1', branch: 'oz/fix' }],
    }
    expect(renderSummary(aResult({ state }), { maxBytes: 10_000 })).toBe(`### ✅ Oz agent: succeeded

the agent finished

[Oz run](https://oz.warp.dev/runs/run-1) · [Shared session](https://app.warp.dev/s/1) · [Pull request](https://example.com/pull/1)

| Duration | Messages | Tool calls | Failed commands | Edited files |
| --- | --- | --- | --- | --- |
| 1 min 5 s | 2 | 3 | 1 | 1 |

**Made by the agent**

- pull request: [oz/fix](https://example.com/pull/1)

**Failed commands**

- \`npm test\` (exit code 1)

**Edited files**

- \`src/a.ts\`

#### What the agent said

> # Done
> - a
`)
  })

  it('says what to do after a failure', () => {
    const result = aResult({
      outcome: 'not-permitted',
      exitCode: 77,
      reason: 'Warp refused the API key',
      error: { code: 'not-permitted', message: 'Warp refused the API key', remedy: 'Create a new key.' },
      state: NO_EVENTS,
    })
    expect(renderSummary(result, { maxBytes: 10_000 })).toMatch(
      /^### ❌ Oz agent: not-permitted\n\nWarp refused the API key\n\n\*\*What to do:\*\* Create a new key\.\n\n\|/,
    )
  })

  it('names how many entries it leaves out', () => {
    const editedFiles = Array.from({ length: 25 }, (_, index) => `f${index}`)
    const summary = renderSummary(aResult({ state: { ...NO_EVENTS, editedFiles, editedFileCount: 600 } }), {
      maxBytes: 10_000,
    })
    expect(summary).toContain('- and 590 more\n')
  })

  it('cuts the message, not what is ours, and says so', () => {
    const result = aResult({ state: { ...NO_EVENTS, finalMessage: '```\n🎉 '.repeat(2000) } })
    const summary = renderSummary(result, { maxBytes: 2000, saidFile: 'out/agent-output.md' })
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(2000)
    expect(html(summary)).toMatch(
      /<\/blockquote>\n<p>Cut here: the whole text is in <code>out\/agent-output.md<\/code>.<\/p>\n?$/,
    )
  })

  it('is harmless and within its limit, whatever the agent chose', () => {
    const word = fc
      .array(
        fc.oneof(
          fc.constantFrom(...'`|<>[]()!*_\\#@&~\n', '<img src=x>', 'https://evil.example/', '![x](', '```'),
          fc.string({ maxLength: 3 }),
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(
        word,
        word,
        word,
        fc.integer({ min: 50, max: 3000 }),
        (message, name, command, maxBytes) => {
          const result = aResult({
            reason: name,
            warnings: [command],
            error: { code: 'agent-failed', message: command, remedy: name },
            state: {
              ...NO_EVENTS,
              finalMessage: message,
              failedCommands: [{ command, exitCode: 1 }],
              editedFiles: [name],
              artifacts: [
                { type: command, title: name, url: 'https://example.com/1' },
                { type: name, filename: command },
              ],
            },
          })
          const summary = renderSummary(result, { maxBytes })
          expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(maxBytes)
          const shown = html(summary)
          expect(shown).not.toMatch(/<(img|script)|href="(?!https:\/\/example\.com\/)/)
          if (maxBytes > 2500) expect(shown.match(/<td>/g)?.length).toBe(5)
        },
      ),
      { numRuns: 300 },
    )
  })
})
