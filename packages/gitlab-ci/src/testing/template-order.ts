import type { TemplateOrder } from '../generator/template-order.ts'
import { shareOut } from '../generator/timeouts.ts'

/** An order like that of `generate` without options. */
export function templateOrder(parts: Partial<TemplateOrder> = {}): TemplateOrder {
  return {
    version: { major: 17, minor: 9 },
    program: { kind: 'vendored', path: '.gitlab/oz-agent/oz-agent.mjs', sha256: 'a'.repeat(64) },
    image: 'node:24-bookworm',
    stage: 'test',
    jobName: 'oz-agent',
    jobPrefix: '',
    tags: [],
    triggers: ['merge-request', 'schedule', 'web'],
    needs: undefined,
    timeouts: shareOut(3_600_000),
    artifactExpiry: '1 week',
    writes: false,
    cache: false,
    defaults: {},
    ...parts,
  }
}
