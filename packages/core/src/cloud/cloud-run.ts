import * as z from 'zod'
import { artifactSchema } from '../contract/result.ts'
import { idSchema, linkSchema } from '../events/identity.ts'

/** States in which a cloud run has ended, or waits for a person. Source: https://docs.warp.dev/reference/api-and-sdk */
const TERMINAL = ['SUCCEEDED', 'FAILED', 'ERROR', 'BLOCKED', 'CANCELLED'] as const
/** States on the way there; any other state is unknown, and an unknown end is no success. */
const UNDER_WAY = ['QUEUED', 'PENDING', 'CLAIMED', 'INPROGRESS'] as const

/** A field that cannot be understood counts as absent: only the state decides anything. */
const lenient = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().catch(undefined)

/** The few fields of the server's run object that a step needs. */
export type CloudRun = z.infer<typeof CloudRun>
export const CloudRun = z.object({
  state: z.string().transform((state) => state.toUpperCase().replace(/[\s_-]/g, '')),
  session_link: lenient(linkSchema),
  conversation_id: lenient(idSchema),
  status_message: lenient(
    z.object({
      message: lenient(z.string()),
      error_code: lenient(z.string()),
      retryable: lenient(z.boolean()),
    }),
  ),
  artifacts: lenient(
    z.array(
      z.object({ artifact_type: z.string(), data: z.record(z.string(), z.unknown()).optional() }).loose(),
    ),
  ),
})

/** Whether nothing more will happen without a person; states that we do not know end the wait, as failures. */
export function hasEnded({ state }: CloudRun): boolean {
  return !UNDER_WAY.some((known) => known === state)
}

export function isKnownState(state: string): boolean {
  return [...TERMINAL, ...UNDER_WAY].some((known) => known === state)
}

/** The artifacts in the form that `result.json` has them; those without a type are left out. */
export function artifactsOf({ artifacts }: CloudRun) {
  return (artifacts ?? []).flatMap(({ artifact_type, data, ...rest }) => {
    const parsed = artifactSchema.safeParse({ ...rest, ...data, type: artifact_type.toLowerCase() })
    return parsed.success ? [parsed.data] : []
  })
}

/** What the server says of the end, for a person and for finding out why it failed. */
export function endMessage({ status_message }: CloudRun): string {
  return [status_message?.message, status_message?.error_code].filter(Boolean).join('\n')
}
