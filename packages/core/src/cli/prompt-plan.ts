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
