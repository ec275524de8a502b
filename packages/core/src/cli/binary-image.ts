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
