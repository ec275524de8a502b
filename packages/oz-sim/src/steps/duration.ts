import { durationMs } from '../cli/values/duration.ts'
import type { Zod } from '../script/zod.ts'

/** A duration in a script: `250ms`, `2s`, `1m`, `1h`. */
export const duration = (z: Zod) =>
  z.string().regex(/^(\d+(ms|s|m|h))+$|^0$/, "expected a duration such as '250ms', '2s' or '1m'")

export const toMs = (value: string | undefined): number =>
  value === undefined ? 0 : (durationMs(value) ?? 0)
