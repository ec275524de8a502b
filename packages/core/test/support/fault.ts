import { randomBytes } from 'node:crypto'
import type { CliRequest } from '../../src/contract/request.ts'
import { archiveOf, releaseTree, VERSION } from './cli-archive.ts'
import type { Reply, Script } from './scripted-server.ts'

export const ASK = '/download/cli'
export const FILE = `/stable/${VERSION}/cli/linux/x86_64/warp-stable-linux-x86_64.tar.gz`
export const SUM = 'a'.repeat(64)

export const archive = await archiveOf({ ...releaseTree(), 'resources/noise': randomBytes(100_000) })
export const good: Reply = { body: archive, headers: { 'content-length': archive.length } }
export const damaged = Buffer.from(archive)
damaged.fill(0x55, 50_000, 60_000)

export const redirect = (base: string): Reply => ({ status: 302, headers: { location: `${base}${FILE}` } })
/** The service answers as it should, and the archive's address as told. */
export const serving =
  (...replies: Reply[]): Script =>
  (base) => ({ [ASK]: [redirect(base)], [FILE]: replies })
/** The service answers as told, and the archive is fine. */
export const asking =
  (...replies: Reply[]): Script =>
  (base) => ({ [ASK]: [...replies, redirect(base)], [FILE]: [good] })

export interface Fault {
  readonly name: string
  readonly script: Script
  readonly request?: Partial<CliRequest>
  readonly code: 'temporary' | 'unavailable'
  readonly message: string
  readonly remedy: RegExp
  /** The limit of a row that waits for it, in ms; far off if not given. */
  readonly stallTimeout?: number
  /** How often the server was asked. */
  readonly requests: number
}
