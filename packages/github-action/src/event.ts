import type { Files } from '@oz-agent/core'
import * as z from 'zod'

const repository = z.object({ full_name: z.string() })
const eventSchema = z.object({
  pull_request: z.object({ head: z.object({ repo: repository.nullish() }) }).optional(),
  repository: repository.optional(),
})

/**
 * What triggered the job, as far as it tells a fork: the file that `GITHUB_EVENT_PATH` names; undefined when it cannot
 * be read. Source: https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
export async function readEvent(path: string | undefined, files: Pick<Files, 'readText'>) {
  if (!path) return undefined
  try {
    return eventSchema.parse(JSON.parse(await files.readText(path)))
  } catch {
    // An event that we cannot read proves nothing: the missing key is then told as such.
    return undefined
  }
}
