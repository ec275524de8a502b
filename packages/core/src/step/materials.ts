import { join, resolve } from 'node:path'
import type { Materials } from '../cli/argv.ts'
import { planPrompt, pointerPrompt } from '../cli/prompt-plan.ts'
import type { RunRequest } from '../contract/request.ts'
import type { Ports } from '../ports.ts'

const PRIVATE = { mode: 0o600 }

/**
 * Puts what must not, or cannot, stand on a command line into private files:
 * prompts that are too long, and inline MCP JSON, which often holds tokens.
 */
export async function prepareMaterials(
  request: RunRequest,
  folders: { readonly private: string; readonly checkout: string },
  { files, machine }: Pick<Ports, 'files' | 'machine'>,
): Promise<Materials> {
  const folder = folders.private
  await files.makeFolder(folder, { mode: 0o700 })
  const mcp: string[] = []
  for (const [index, source] of request.mcp.entries()) {
    if (source.kind === 'inline') {
      const path = join(folder, `mcp-${index + 1}.json`)
      await files.write(path, source.json, PRIVATE)
      mcp.push(path)
    } else mcp.push(source.kind === 'path' ? source.path : source.id)
  }
  const text = await promptText(request, folders.checkout, files)
  if (text === undefined) return { prompt: undefined, mcp }
  if (planPrompt(text, machine.platform).kind === 'argument') return { prompt: text, mcp }
  const path = join(folder, 'prompt.md')
  await files.write(path, text, PRIVATE)
  return { prompt: pointerPrompt(path, text), mcp }
}

async function promptText(
  { prompt }: RunRequest,
  checkout: string,
  files: Ports['files'],
): Promise<string | undefined> {
  switch (prompt.kind) {
    case 'inline':
      return prompt.text
    case 'file':
      // A byte order mark is no part of the text.
      return (await files.readText(resolve(checkout, prompt.path))).replace(/^\uFEFF/, '')
    case 'saved':
    case 'none':
      return undefined
  }
}
