import { bundleSize } from './bundle-size.ts'
import { bundleTotal } from './bundle-total.ts'
import type { Figure } from './figure.ts'
import { linearity } from './linearity.ts'
import { memory } from './memory.ts'
import { start } from './start.ts'
import { throughput } from './throughput.ts'
import { warmCache } from './warm-cache.ts'

/** Every figure of `npm run bench`; a new one is one file beside this one and one line here. */
export const figures: readonly Figure[] = [
  start,
  throughput,
  linearity,
  memory,
  bundleSize,
  bundleTotal,
  warmCache,
]
