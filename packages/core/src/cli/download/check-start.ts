import { RunnerError } from '../../errors.ts'
import { shownUrl } from '../../http/shown-url.ts'
import type { Source } from './source.ts'

/** Throws when the first bytes of an answer are no gzip: a sign-in page, say, must not be fetched four times, nor unpacked. */
export function checkStart(
  bytes: Uint8Array,
  url: string,
  contentType: string | undefined,
  { context }: Source,
): void {
  if (bytes[0] === 0x1f && (bytes.length === 1 || bytes[1] === 0x8b)) return
  const text = new TextDecoder().decode(bytes.subarray(0, 512))
  const html = /^\s*<(!doctype|html|head|body|\?xml)/i.test(text) || /\bhtml\b/.test(contentType ?? '')
  const what = bytes.length === 0 ? 'an empty file' : html ? 'a web page' : 'something else'
  throw new RunnerError('unavailable', `${shownUrl(url)} sent ${what} instead of a gzipped archive.`, {
    remedy: html
      ? 'A proxy or a mirror that wants a sign-in answers like this: open the address from this machine to see the page.'
      : `Check ${context.nameOf('ozDownloadUrl')}.`,
  })
}
