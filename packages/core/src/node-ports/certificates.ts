import { readFile } from 'node:fs/promises'
import { getCACertificates, rootCertificates } from 'node:tls'
import type { Environment } from '../ports.ts'

const VARIABLES = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'] as const

export interface Certificates {
  /** What to trust; undefined leaves it to Node. */
  readonly ca: string[] | undefined
  /** Files that were named and could not be used: harmless until a handshake fails. */
  readonly problems: readonly string[]
}

/**
 * The certificates that the job's environment adds to those that Node trusts anyway.
 * Node reads the first variable itself, but only from the environment that it was started with, and never the second.
 */
export async function readCertificates(env: Environment): Promise<Certificates> {
  const extra: string[] = []
  const problems: string[] = []
  for (const variable of VARIABLES) {
    const path = env[variable]
    if (!path) continue
    try {
      const text = await readFile(path, 'utf8')
      if (text.includes('-----BEGIN CERTIFICATE-----')) extra.push(text)
      else problems.push(`${variable} names ${path}, which holds no PEM certificate`)
    } catch {
      problems.push(`${variable} names ${path}, which cannot be read`)
    }
  }
  // getCACertificates came with Node 22.15; it knows --use-system-ca and the like.
  const trusted = () =>
    typeof getCACertificates === 'function' ? getCACertificates('default') : rootCertificates
  return { ca: extra.length === 0 ? undefined : [...trusted(), ...extra], problems }
}
