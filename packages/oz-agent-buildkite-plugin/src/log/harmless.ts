import { printable } from '@oz-agent/core'

/**
 * The agent looks for headers at the very start of a line, colours left out:
 * `---`, `+++` and `~~~` begin a group, `^^^ +++` opens the current one.
 * https://buildkite.com/docs/pipelines/configure/managing-log-output
 */
const HEADER = /^(?=---|\+\+\+|~~~|\^\^\^)/gm

/** Whole lines in which nothing begins a group, links, shows an image or moves the cursor. */
export function harmlessLines(text: string): string {
  const lines = printable(text).replace(/\n$/, '').replace(HEADER, ' ')
  return `${lines}\n`
}

/** The same on one line, for what stands behind a marker of ours. */
export function harmlessTitle(text: string): string {
  return printable(text).replace(/\s+/g, ' ').trim()
}
