import { describe, expect, it } from 'vitest'
import { checkScript } from '../script/check.ts'
import { OzFixture } from '../testing/oz-fixture.ts'
import { allScenarios } from './catalogue.ts'

const all = allScenarios()

/** How a run of each scenario ends that ends by itself: exit status or signal. */
const ENDS: Readonly<Record<string, { exitCode?: number; signal?: string }>> = {
  success: { exitCode: 0 },
  'edits-files': { exitCode: 0 },
  'runs-command': { exitCode: 0 },
  'failing-command': { exitCode: 0 },
  artifacts: { exitCode: 0 },
  'every-event': { exitCode: 0 },
  'no-output': { exitCode: 0 },
  'agent-error': { exitCode: 1 },
  'crash-signal': { signal: 'SIGSEGV' },
  garbage: { exitCode: 0 },
  'unicode-split': { exitCode: 0 },
  'unknown-events': { exitCode: 0 },
  'forge-github': { exitCode: 0 },
  'forge-gitlab': { exitCode: 0 },
  'forge-buildkite': { exitCode: 0 },
  'forge-ansi': { exitCode: 0 },
  'leak-key': { exitCode: 0 },
  'dump-env': { exitCode: 0 },
  'temporary-429': { exitCode: 1 },
  'temporary-503': { exitCode: 1 },
  'temporary-network': { exitCode: 1 },
  credits: { exitCode: 1 },
  'invalid-key': { exitCode: 1 },
}

describe('the built-in scenarios', () => {
  it.each([...all])('%s is a valid script with a description', (name, script) => {
    expect(checkScript(script, name)).toBe(script)
    expect(script.description).toMatch(/\.$/)
  })

  it.each(Object.entries(ENDS))('%s ends as it says', async (name, wanted) => {
    await using oz = await OzFixture.create()
    expect(await oz.agent(`[oz-sim: ${name}]`)).toMatchObject(wanted)
  })
})
