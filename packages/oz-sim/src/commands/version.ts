import { basename } from 'node:path'
import type { Host } from '../host.ts'
import { channelOf } from '../log-file.ts'
import type { Ending } from '../run/ending.ts'
import type { Script } from '../script/schema.ts'
import { undergo } from './context.ts'

/** `oz --version`: the release tag. */
export async function version(host: Host, script: Script): Promise<Ending> {
  await undergo(script.version, host)
  const release = `v0.2026.08.19.08.14.${channelOf(basename(host.executable))}_01`
  await host.stdout.write(`${script.version?.text ?? release}\n`)
  return { kind: 'exit', code: 0 }
}
