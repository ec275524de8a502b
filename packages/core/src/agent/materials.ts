import { join, resolve } from 'node:path'
import type { RunRequest } from '../contract/request.ts'
import type { Ports } from '../ports.ts'
import type { Materials } from './argv.ts'

/** How a prompt reaches the CLI. */
export type PromptPlan =
  | { readonly kind: 'argument'; readonly text: string }
  /** Written to a private file that a short prompt points to. */
  | { readonly kind: 'file'; readonly text: string }

/**
 * Bytes of UTF-8 that a prompt may take on the command line. Linux caps one argument at 128 KiB
 * (MAX_ARG_STRLEN, execve(2)), macOS argv and environment together at 1 MiB; room is left for the rest.
 */
const ARGUMENT_BYTES = 96 * 1024
/** Windows caps the whole command line at 32,767 UTF-16 units (CreateProcessW). */
const WINDOWS_UNITS = 16 * 1024

/** Decides whether a prompt fits on the command line; NUL cannot stand in an argument at all. Pure. */
export function planPrompt(text: string, platform: NodeJS.Platform): PromptPlan {
  const fits = platform === 'win32' ? text.length <= WINDOWS_UNITS : Buffer.byteLength(text) <= ARGUMENT_BYTES
  return { kind: fits && !text.includes('\0') ? 'argument' : 'file', text }
}

/** The short prompt that sends the agent to the file with the real one. */
export function pointerPrompt(path: string, text: string): string {
  const size = `${Buffer.byteLength(text)} bytes`
  return `The task is written in the file ${path} (UTF-8, ${size}): it was too long to hand over directly. Read the whole file first, in parts if need be, then do what it says as if it stood here.`
}

const PRIVATE = { mode: 0o600 }

/**
 * Writes to private files what must not be an argument: prompts that are too long, and inline MCP JSON, which often
 * holds tokens.
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
