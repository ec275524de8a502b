import { dirname } from 'node:path'
import type { Files, Machine } from '../ports.ts'
import type { CliContext } from './search.ts'

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

/** A file system as `/proc/mounts` lists it. */
export interface Mount {
  readonly point: string
  readonly options: readonly string[]
}

/**
 * The mount that a path lies on: the longest mount point above it, the last of equals (it hides the others).
 * https://man7.org/linux/man-pages/man5/proc_pid_mounts.5.html
 */
export function mountOf(path: string, mounts: string): Mount | undefined {
  let found: Mount | undefined
  for (const line of mounts.split('\n')) {
    const [, point, , options] = line.split(' ')
    if (point === undefined || options === undefined) continue
    const place = unescapeMount(point)
    const above = place === '/' ? '/' : `${place}/`
    if (path !== place && !path.startsWith(above)) continue
    if (found === undefined || place.length >= found.point.length) {
      found = { point: place, options: options.split(',') }
    }
  }
  return found
}

/** Spaces and the like are octal there. */
function unescapeMount(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}

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

/** What kind of program a file is, by its first bytes. Architectures are Node's names where Node has one. */
export type BinaryImage =
  /** Linux. Without an interpreter it is linked statically. */
  | { readonly kind: 'elf'; readonly arch: string; readonly interpreter: string | undefined }
  /** macOS; a universal one has several architectures. */
  | { readonly kind: 'mach-o'; readonly archs: readonly string[] }
  /** Windows. */
  | { readonly kind: 'pe' }
  | { readonly kind: 'script'; readonly interpreter: string }
  | { readonly kind: 'html' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unknown' }

/** Bytes from the start of a file that suffice for `readBinaryImage`. */
export const IMAGE_BYTES = 64 * 1024

/** Reads the start of a program file. Pure; never throws, whatever the bytes are. */
export function readBinaryImage(bytes: Uint8Array): BinaryImage {
  if (bytes.length === 0) return { kind: 'empty' }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const magic = bytes.length >= 4 ? view.getUint32(0) : 0
  if (magic === 0x7f454c46) return readElf(bytes, view)
  if (magic === 0xcffaedfe || magic === 0xcafebabe) return readMachO(view, magic)
  const text = new TextDecoder().decode(bytes.subarray(0, 512))
  if (text.startsWith('MZ')) return { kind: 'pe' }
  const shebang = /^#!\s*(\S+)/.exec(text)?.[1]
  if (shebang !== undefined) return { kind: 'script', interpreter: shebang }
  return { kind: /^\s*<(!doctype|html|\?xml)/i.test(text) ? 'html' : 'unknown' }
}

/** `e_machine`, from the ELF specification's registry. */
const ELF_MACHINES: Record<number, string> = {
  3: 'ia32',
  8: 'mips',
  20: 'ppc',
  21: 'ppc64',
  22: 's390x',
  40: 'arm',
  62: 'x64',
  183: 'arm64',
  243: 'riscv64',
  258: 'loong64',
}
const PT_INTERP = 3

/** https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html and …/ch5.pheader.html */
function readElf(bytes: Uint8Array, view: DataView): BinaryImage {
  if (bytes.length < 64) return { kind: 'unknown' }
  const wide = bytes[4] === 2
  const little = bytes[5] === 1
  const machine = view.getUint16(18, little)
  const arch = ELF_MACHINES[machine] ?? `machine ${machine}`
  const at = (offset: number) =>
    wide ? Number(view.getBigUint64(offset, little)) : view.getUint32(offset, little)
  const tableStart = at(wide ? 32 : 28)
  const entrySize = view.getUint16(wide ? 54 : 42, little)
  const entries = view.getUint16(wide ? 56 : 44, little)
  for (let i = 0; i < entries; i++) {
    const entry = tableStart + i * entrySize
    if (entrySize === 0 || entry + (wide ? 56 : 32) > bytes.length) break
    if (view.getUint32(entry, little) !== PT_INTERP) continue
    const start = at(entry + (wide ? 8 : 4))
    const length = at(entry + (wide ? 32 : 16))
    if (start + length > bytes.length) break
    const text = new TextDecoder().decode(bytes.subarray(start, start + length))
    return { kind: 'elf', arch, interpreter: text.split('\0')[0] }
  }
  return { kind: 'elf', arch, interpreter: undefined }
}

/** `cputype`, from <mach/machine.h>. */
const CPU_TYPES: Record<number, string> = { 7: 'ia32', 16777223: 'x64', 16777228: 'arm64' }

/** https://github.com/apple-oss-distributions/xnu, EXTERNAL_HEADERS/mach-o/{loader,fat}.h */
function readMachO(view: DataView, magic: number): BinaryImage {
  const archAt = (offset: number, little: boolean) => {
    const type = view.getUint32(offset, little)
    return CPU_TYPES[type] ?? `cpu type ${type}`
  }
  if (view.byteLength < 8) return { kind: 'unknown' }
  if (magic === 0xcffaedfe) return { kind: 'mach-o', archs: [archAt(4, true)] }
  const count = view.getUint32(4)
  // Java classes share the magic of universal binaries; theirs is a version, at least 45, in this place.
  if (count > 30 || view.byteLength < 8 + count * 20) return { kind: 'unknown' }
  return { kind: 'mach-o', archs: Array.from({ length: count }, (_, i) => archAt(8 + i * 20, false)) }
}
