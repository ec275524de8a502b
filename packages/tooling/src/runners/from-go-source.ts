import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { attempt } from './attempt.ts'

/** A module that the build takes in place of one that cannot be downloaded. */
export interface Replacement {
  readonly module: string
  /** `<module>@v<version>` */
  readonly by: string
}

/**
 * Builds a Go program from its module's source with one dependency replaced.
 * Returns what went wrong, or nothing when `binary` is there.
 */
export async function buildGoSource(
  module: string,
  replacement: Replacement,
  binary: string,
): Promise<{ problem: string } | undefined> {
  const env = { GOTOOLCHAIN: 'local' }
  const download = await execa('go', ['mod', 'download', '-json', module], { env, reject: false })
  if (download.failed) return { problem: `${module} cannot be downloaded` }
  const { Dir: downloaded } = JSON.parse(download.stdout) as { Dir: string }
  const source = await mkdtemp(join(tmpdir(), 'go-source-'))
  try {
    await cp(downloaded, source, { recursive: true })
    // Go's module cache is read-only, and so is a copy of it.
    await attempt('chmod', ['-R', 'u+w', source])
    const inSource = { env, cwd: source }
    const replace = `${replacement.module}=${replacement.by}`
    return (
      (await attempt('go', ['mod', 'edit', '-replace', replace], inSource)) ??
      (await attempt('go', ['build', '-mod=mod', '-buildvcs=false', '-o', binary, '.'], inSource))
    )
  } finally {
    await rm(source, { recursive: true, force: true })
  }
}
