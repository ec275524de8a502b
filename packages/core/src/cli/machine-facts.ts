import type { Files, Machine } from '../ports.ts'

/** Which C library runs this machine's programs, and by which file that is known. */
export type Libc =
  | { readonly kind: 'glibc'; readonly evidence: string }
  | { readonly kind: 'musl'; readonly evidence: string }
  /** Neither is where it usually is (NixOS, an image made from nothing). */
  | { readonly kind: 'unknown' }
  /** Not Linux. */
  | { readonly kind: 'system' }

/** Dynamic loaders of glibc, where the ABI of each architecture fixes them: https://sourceware.org/glibc/wiki/ABIList */
const GLIBC_LOADERS: Partial<Record<NodeJS.Architecture, string>> = {
  x64: '/lib64/ld-linux-x86-64.so.2',
  arm64: '/lib/ld-linux-aarch64.so.1',
  arm: '/lib/ld-linux-armhf.so.3',
  riscv64: '/lib/ld-linux-riscv64-lp64d.so.1',
  s390x: '/lib/ld64.so.1',
  ppc64: '/lib64/ld64.so.2',
}

/**
 * Tells the C library. Alpine with a compatibility layer has glibc's loader too, and still is musl:
 * so the signs of musl are looked for first.
 */
export async function detectLibc(
  files: Pick<Files, 'info' | 'list'>,
  machine: Pick<Machine, 'platform' | 'arch'>,
): Promise<Libc> {
  if (machine.platform !== 'linux') return { kind: 'system' }
  const exists = async (path: string) => (await files.info(path).catch(() => undefined)) !== undefined
  if (await exists('/etc/alpine-release')) return { kind: 'musl', evidence: '/etc/alpine-release' }
  const loader = GLIBC_LOADERS[machine.arch]
  if (loader !== undefined && (await exists(loader))) return { kind: 'glibc', evidence: loader }
  const muslLoader = (await files.list('/lib').catch(() => [])).find((name) => /^ld-musl-.*\.so/.test(name))
  return muslLoader === undefined ? { kind: 'unknown' } : { kind: 'musl', evidence: `/lib/${muslLoader}` }
}
