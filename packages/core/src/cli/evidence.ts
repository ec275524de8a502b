import { dirname } from 'node:path'
import { type BinaryImage, IMAGE_BYTES, readBinaryImage } from './binary-image.ts'
import type { CliContext } from './cli-context.ts'
import { detectLibc, type Libc } from './machine-facts.ts'
import { type Mount, mountOf } from './mounts.ts'

/** What can be known about a program that did not start. */
export interface Evidence {
  readonly path: string
  readonly platform: NodeJS.Platform
  readonly arch: string
  readonly libc: Libc
  /** undefined when the file could not be read. */
  readonly image: BinaryImage | undefined
  /** Whether the loader or script interpreter that the file asks for is there; undefined when it asks for none. */
  readonly interpreterExists: boolean | undefined
  /** Whether its mode lets this user run it, whatever the mount says. */
  readonly executableMode: boolean
  readonly mount: Mount | undefined
  /** macOS: the file is marked as downloaded and not yet approved. */
  readonly quarantined: boolean
}

/** Looks at a program from outside. Never rejects: what cannot be known is left out. */
export async function gatherEvidence(path: string, context: CliContext): Promise<Evidence> {
  const { files, machine } = context.ports
  const real = await files.realPath(path).catch(() => path)
  const start = await files.readStart(real, IMAGE_BYTES).catch(() => undefined)
  const image = start === undefined ? undefined : readBinaryImage(start)
  const info = await files.info(real).catch(() => undefined)
  const interpreter = image !== undefined && 'interpreter' in image ? image.interpreter : undefined
  const mounts = machine.platform === 'linux' ? await files.readText('/proc/mounts').catch(() => '') : ''
  return {
    path,
    platform: machine.platform,
    arch: machine.arch,
    libc: await detectLibc(files, machine),
    image,
    interpreterExists:
      interpreter === undefined
        ? undefined
        : (await files.info(interpreter).catch(() => undefined)) !== undefined,
    executableMode: ((info?.mode ?? 0) & 0o111) !== 0,
    mount: mountOf(dirname(real), mounts),
    quarantined: machine.platform === 'darwin' && (await isQuarantined(real, context)),
  }
}

/** https://developer.apple.com/documentation/security: the mark is the attribute com.apple.quarantine. */
async function isQuarantined(path: string, { ports, probeEnv }: CliContext): Promise<boolean> {
  const command = { file: '/usr/bin/xattr', args: ['-p', 'com.apple.quarantine', path], env: probeEnv }
  try {
    const run = await ports.processes.run(command, { timeout: 5_000 })
    return run.exit.kind === 'code' && run.exit.code === 0
  } catch {
    return false
  }
}
