import * as z from 'zod'
import type { InputReader, RawValue } from './kinds.ts'

const rawValue: z.ZodType<RawValue, RawValue> = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.unknown()).readonly(),
  z.record(z.string(), z.unknown()).readonly(),
])

/** The zod schema of an input: takes any value, and has an issue for each problem that the reader tells. */
export function schemaOf<Out>(reader: InputReader<Out>): z.ZodType<Out, RawValue> {
  return rawValue.transform((raw, context) => {
    const reading = reader(raw)
    if (reading.ok) return reading.value
    for (const message of reading.problems) context.issues.push({ code: 'custom', input: raw, message })
    return z.NEVER
  })
}
