import { harmlessTitle } from './harmless.ts'

const ESC = '\x1b'
const BEL = '\x07'

/**
 * A link in the log; text with the address behind it where the address is none to link to.
 * https://buildkite.com/docs/pipelines/configure/links-and-images-in-log-output
 */
export function inlineLink(label: string, url: string): string {
  const text = harmlessTitle(label)
  const address = harmlessTitle(url)
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) return `${text}: ${address}`
  // Quotes and semicolons part the fields of the sequence.
  const target = new URL(address).href.replaceAll("'", '%27').replaceAll(';', '%3B')
  const content = text.replaceAll("'", '’').replaceAll(';', ',')
  return `${ESC}]1339;url='${target}';content='${content}'${BEL}`
}
