import { access, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import * as z from 'zod/mini'
import { type Agent, randomId } from '../run/agent.ts'
import { toolCall, toolResult } from '../run/event.ts'
import { defineStep, key, optional } from './step.ts'

const editSchema = () =>
  z.strictObject({
    path: key(z.string().check(z.minLength(1)), 'The file, relative to the working folder.'),
    title: optional(z.string(), 'Title of the edit.'),
    content: optional(z.string(), 'The whole new content.'),
    append: optional(z.string(), 'Text to add at the end.'),
    find: optional(z.string(), 'Text to replace (first occurrence); must be there.'),
    replace: optional(z.string(), 'What stands instead of `find`.'),
    delete: optional(z.boolean(), '`true` deletes the file.'),
  })

/** What an agent does with files, and the artifacts that it reports. */
export const files = {
  read: defineStep({
    summary: 'Reads files of the working folder; those that are not there are reported as failed.',
    shorthand: 'files',
    schema: () =>
      z.strictObject({
        files: key(z.array(z.string()), 'The files, relative to the working folder.'),
        lines: optional(
          z.strictObject({ start: z.int(), end: z.int() }),
          'The range of lines that the agent asks for.',
        ),
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
  }),

  edit: defineStep({
    summary: 'Really creates, changes or deletes a file under the working folder and reports the diff.',
    schema: editSchema,
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
  }),

  artifact: defineStep({
    summary: 'Reports an artifact: one or more of a pull request, a plan, a screenshot, a file.',
    schema: () =>
      z.strictObject({
        pull_request: optional(z.strictObject({ url: z.string(), branch: z.string() }), 'A pull request.'),
        plan: optional(
          z.strictObject({
            title: z.string(),
            document_id: z.optional(z.string()),
            notebook_link: z.optional(z.string()),
          }),
          'A plan.',
        ),
        screenshot: optional(
          z.strictObject({ description: z.string(), mime_type: z.optional(z.string()) }),
          'A screenshot.',
        ),
        file: optional(
          z.strictObject({
            path: z.string(),
            description: z.optional(z.string()),
            mime_type: z.optional(z.string()),
          }),
          'A file of the working folder, uploaded with `upload_artifact`; its real size is reported.',
        ),
      }),
    run: async ({ pull_request, plan, screenshot, file }, agent) => {
      if (pull_request) await created(agent, 'pull_request', pull_request)
      if (plan) {
        const document_id = plan.document_id ?? randomId()
        const notebook_link = plan.notebook_link ?? `https://app.warp.dev/drive/notebook/${document_id}`
        await created(agent, 'plan', { document_id, notebook_link, title: plan.title })
      }
      if (screenshot) {
        const { description, mime_type = 'image/png' } = screenshot
        await created(agent, 'screenshot', { artifact_uid: randomId(), mime_type, description })
      }
      if (file) await upload(agent, file.path, file.description ?? '', file.mime_type ?? 'text/plain')
    },
  }),
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

function edited(before: string, how: z.infer<ReturnType<typeof editSchema>>): string {
  const base = how.content ?? before
  const { find, replace = '' } = how
  return (find === undefined ? base : base.replace(find, () => replace)) + (how.append ?? '')
}

const created = (agent: Agent, type: string, keys: object): Promise<void> =>
  agent.emit({ type: 'artifact_created', artifact_type: type, ...keys })

async function upload(agent: Agent, filepath: string, description: string, mime_type: string): Promise<void> {
  await agent.emit(toolCall('upload_artifact', { path: filepath, description }))
  const found = await stat(resolve(agent.cwd, filepath)).catch(() => undefined)
  if (!found) return agent.emit({ type: 'tool_error', error: `No such file: ${filepath}` })
  const uploaded = { artifact_uid: randomId(), filepath, mime_type, description, size_bytes: found.size }
  await agent.emit(toolResult('upload_artifact', uploaded))
  await created(agent, 'file', { ...uploaded, filename: basename(filepath) })
}

const CONTEXT = 3

/** A unified diff of one file in one hunk; `undefined` stands for a file that is not there. */
function diff(path: string, before: string | undefined, after: string | undefined): string {
  const a = lines(before)
  const b = lines(after)
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  if (head === a.length && head === b.length) return ''
  const start = Math.max(0, head - CONTEXT)
  const body = [
    ...a.slice(start, head).map((line) => ` ${line}`),
    ...a.slice(head, a.length - tail).map((line) => `-${line}`),
    ...b.slice(head, b.length - tail).map((line) => `+${line}`),
    ...a.slice(a.length - tail, a.length - tail + CONTEXT).map((line) => ` ${line}`),
  ]
  const count = (mark: string) => body.filter((line) => line[0] === ' ' || line[0] === mark).length
  const range = (size: number) => `${size === 0 ? 0 : start + 1},${size}`
  const header = [
    `--- ${before === undefined ? '/dev/null' : `a/${path}`}`,
    `+++ ${after === undefined ? '/dev/null' : `b/${path}`}`,
    `@@ -${range(count('-'))} +${range(count('+'))} @@`,
  ]
  return `${[...header, ...body].join('\n')}\n`
}

function lines(text: string | undefined): string[] {
  if (!text) return []
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
}
