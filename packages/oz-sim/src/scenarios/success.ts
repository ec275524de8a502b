import type { Script } from '../script/schema.ts'

/** What happens when nothing else is asked for. */
export const success: Script = {
  description: 'Thinks, says something, ends well.',
  steps: [{ reasoning: 'The request is clear.' }, { message: 'All done.' }],
}
