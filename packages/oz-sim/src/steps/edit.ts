import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { toolCall, toolResult } from '../run/event.ts'
import { diff } from './diff.ts'
import { defineStep } from './step.ts'

export const edit = defineStep({
  name: 'edit',
  summary: 'Really creates, changes or deletes a file under the working folder and reports the diff.',
  schema: (z) =>
    z.strictObject({
      path: z.string().min(1).describe('The file, relative to the working folder.'),
      title: z.string().optional().describe('Title of the edit.'),
      content: z.string().optional().describe('The whole new content.'),
      append: z.string().optional().describe('Text to add at the end.'),
      find: z.string().optional().describe('Text to replace (first occurrence); must be there.'),
      replace: z.string().optional().describe('What stands instead of `find`.'),
      delete: z.boolean().optional().describe('`true` deletes the file.'),
    }),
  run: async (input, agent) => {
    const { path } = input
    const file = resolve(agent.cwd, path)
    await agent.emit(toolCall('edit_files', { title: input.title ?? `Edit ${path}`, file_paths: [path] }))
    const before = await readFile(file, 'utf8').catch(() => undefined)
    if (input.find !== undefined && !before?.includes(input.find)) {
      return agent.emit({
        type: 'tool_error',
        error: `Could not apply the edit: ${path} does not hold the text`,
      })
    }
    const after = input.delete ? undefined : edited(before ?? '', input)
    if (after === undefined) await rm(file, { force: true })
    else {
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, after)
    }
    await agent.emit(toolResult('edit_files', { diff: diff(path, before, after) }))
  },
})

function edited(
  before: string,
  how: {
    content?: string | undefined
    append?: string | undefined
    find?: string | undefined
    replace?: string | undefined
  },
): string {
  const base = how.content ?? before
  const { find, replace = '' } = how
  return (find === undefined ? base : base.replace(find, () => replace)) + (how.append ?? '')
}
