import { printable } from './printable.ts'

/** A longer message is cut in the log; the transcript has it whole. */
export const MAX_MESSAGE_CHARACTERS = 64 * 1024

/** A message of the agent for the log: printable, without blank lines at its end, within a bound that it names when it cuts. */
export function clipMessage(text: string): string {
  if (text.length <= MAX_MESSAGE_CHARACTERS) return printable(text).trimEnd()
  const head = text.slice(0, MAX_MESSAGE_CHARACTERS).replace(/[\ud800-\udbff]$/, '')
  return `${printable(head)}\n[${text.length - head.length} more characters in the transcript]`
}
