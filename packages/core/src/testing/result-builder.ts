import { createRedactor } from '../auth/redactor.ts'
import type { Result } from '../contract/result.ts'
import { NO_EVENTS } from '../events/progress.ts'
import { buildResult, type ResultParts } from '../report/build-result.ts'

/** A result of a run that succeeded, with the given parts changed. */
export function aResult(changed: Partial<ResultParts> = {}): Result {
  return buildResult({
    outcome: 'succeeded',
    exitCode: 0,
    reason: 'the agent finished',
    state: {
      ...NO_EVENTS,
      runId: 'run-1',
      runUrl: 'https://oz.warp.dev/runs/run-1',
      finalMessage: 'All done.',
    },
    timing: { startedAt: Date.UTC(2026, 7, 19), install: 5, startup: 20, firstEvent: 300, total: 65_000 },
    cli: { path: '/opt/oz', version: 'v0.2026.08.19.08.14.stable_01', sha256: undefined, source: 'path' },
    ci: { name: 'plain', jobUrl: undefined, commit: undefined },
    warnings: [],
    redactor: createRedactor([]),
    ...changed,
  })
}
