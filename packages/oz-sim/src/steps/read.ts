import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import { toolCall, toolResult } from '../run/event.ts'
import { defineStep } from './step.ts'

export const read = defineStep({
  name: 'read',
  summary: 'Reads files of the working folder; those that are not there are reported as failed.',
  shorthand: 'files',
  schema: (z) =>
    z.strictObject({
      files: z.array(z.string()).describe('The files, relative to the working folder.'),
      lines: z
        .strictObject({ start: z.int(), end: z.int() })
        .optional()
        .describe('The range of lines that the agent asks for.'),
    }),
  run: async ({ files, lines }, agent) => {
    const asked = files.map((path) => ({ path, ...(lines ? { lines: [lines] } : {}) }))
    await agent.emit(toolCall('read_files', { files: asked }))
    const there = await Promise.all(files.map((path) => exists(resolve(agent.cwd, path))))
    const failed = files.filter((_, index) => !there[index])
    await agent.emit(
      toolResult('read_files', {
        files: asked.filter((_, index) => there[index]),
        ...(failed.length > 0 ? { failed_files: failed } : {}),
      }),
    )
  },
})

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
