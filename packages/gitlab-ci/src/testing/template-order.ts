import { STANDARD_ORDER } from '../generator/standard-order.ts'
import type { TemplateOrder } from '../generator/template-order.ts'

/** An order like that of `generate` without options. */
export function templateOrder(parts: Partial<TemplateOrder> = {}): TemplateOrder {
  return {
    ...STANDARD_ORDER,
    program: { kind: 'vendored', path: '.gitlab/oz-agent/oz-agent.mjs', sha256: 'a'.repeat(64) },
    image: 'node:24-bookworm',
    ...parts,
  }
}
