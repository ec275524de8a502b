import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { Agent } from '../run/agent.ts'
import { toolCall, toolResult } from '../run/event.ts'
import { randomId } from '../run/random-id.ts'
import { defineStep } from './step.ts'

export const artifact = defineStep({
  name: 'artifact',
  summary: 'Reports an artifact: one or more of a pull request, a plan, a screenshot, a file.',
  schema: (z) =>
    z.strictObject({
      pull_request: z
        .strictObject({ url: z.string(), branch: z.string() })
        .optional()
        .describe('A pull request.'),
      plan: z
        .strictObject({
          title: z.string(),
          document_id: z.string().optional(),
          notebook_link: z.string().optional(),
        })
        .optional()
        .describe('A plan.'),
      screenshot: z
        .strictObject({ description: z.string(), mime_type: z.string().optional() })
        .optional()
        .describe('A screenshot.'),
      file: z
        .strictObject({
          path: z.string(),
          description: z.string().optional(),
          mime_type: z.string().optional(),
        })
        .optional()
        .describe(
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
})

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
