import type { Milliseconds } from '../../contract/duration.ts'
import type { Source } from './source.ts'

/** A short download needs no line. */
const INTERVAL: Milliseconds = 5_000

export interface Progress {
  add(bytes: number): void
}

/** Says how far a download is, every few seconds. `total` is in bytes, where the server told it. */
export function createProgress(total: number | undefined, { context }: Source): Progress {
  const { clock } = context.ports
  let done = 0
  let told = clock.elapsed()
  return {
    add(bytes) {
      done += bytes
      if (clock.elapsed() - told < INTERVAL) return
      told = clock.elapsed()
      context.say('info', `Downloading the CLI: ${progressLine(done, total)}`)
    },
  }
}

/** `42 of 118 MB (35 %)`, or `42 MB` where the whole is not known. Pure. */
export function progressLine(done: number, total: number | undefined): string {
  const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)
  if (total === undefined || total === 0) return `${megabytes(done)} MB`
  return `${megabytes(done)} of ${megabytes(total)} MB (${Math.floor((done / total) * 100)} %)`
}
