import * as z from 'zod/mini'

/** Ids and links go into outputs, logs and API paths: what has another shape is not taken. */
export const idSchema = z.string().check(z.regex(/^\w[\w.:-]{0,199}$/))
export const linkSchema = z.string().check(
  z.maxLength(2000),
  z.regex(/^https?:\/\/[^\s<>"'`\\\p{C}]+$/u),
  z.refine((text) => URL.canParse(text)),
)

/** Which part of a run's identity a line of prose tells. */
export type IdentityPart = 'runId' | 'runUrl' | 'sessionUrl' | 'conversationId'

const PREFIXES: readonly (readonly [prefix: string, part: IdentityPart, schema: z.ZodMiniType<string>])[] = [
  ['Run ID: ', 'runId', idSchema],
  ['Spawned ambient agent with run ID: ', 'runId', idSchema],
  ['Open in Oz: ', 'runUrl', linkSchema],
  ['View run: ', 'runUrl', linkSchema],
  ['New conversation started with debug ID: ', 'conversationId', idSchema],
  ['Sharing session at: ', 'sessionUrl', linkSchema],
  ['View agent session: ', 'sessionUrl', linkSchema],
]

/** What a line of the text formats, or of `run-cloud`, says about the run's identity; undefined for any other line. */
export function identityOfLine(line: string): { part: IdentityPart; value: string } | undefined {
  for (const [prefix, part, schema] of PREFIXES) {
    if (!line.startsWith(prefix)) continue
    const value = schema.safeParse(line.slice(prefix.length).trim())
    return value.success ? { part, value: value.data } : undefined
  }
  return undefined
}
