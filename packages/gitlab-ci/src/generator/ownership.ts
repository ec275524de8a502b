import { sha256Hex } from './program.ts'

/** What a file that the generator wrote ends with; it proves that nobody has changed the lines above. */
const MARKER =
  /^(?:# |<!-- )oz-agent-gitlab wrote this file; sha256 of the lines above: ([0-9a-f]{64})(?: -->)?\n$/

/** Ends a text with the marker, as a comment of YAML or of Markdown. */
export function signText(path: string, text: string): string {
  const words = `oz-agent-gitlab wrote this file; sha256 of the lines above: ${sha256Hex(text)}`
  return `${text}${path.endsWith('.md') ? `<!-- ${words} -->` : `# ${words}`}\n`
}

/** Whether a text is to the letter what a generator once wrote. */
export function isAsWritten(text: string): boolean {
  const unix = text.replaceAll('\r\n', '\n')
  const start = unix.lastIndexOf('\n', unix.length - 2) + 1
  const found = MARKER.exec(unix.slice(start))
  return found?.[1] === sha256Hex(unix.slice(0, start))
}

/** Whether a text has a marker at all: then it was written by a generator and changed since. */
export function hasMarker(text: string): boolean {
  return /oz-agent-gitlab wrote this file; sha256/.test(text)
}
