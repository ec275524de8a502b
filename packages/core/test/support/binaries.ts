interface ElfFields {
  /** `e_machine`. */
  readonly machine: number
  /** `PT_INTERP`; without it, a static program. */
  readonly interpreter?: string
  readonly bits?: 32 | 64
  readonly little?: boolean
}

/** The start of an ELF file with a `PT_LOAD` and, if wanted, a `PT_INTERP`. */
export function elf({ machine, interpreter, bits = 64, little = true }: ElfFields): Uint8Array {
  const wide = bits === 64
  const header = wide ? 64 : 52
  const entry = wide ? 56 : 32
  const path = new TextEncoder().encode(interpreter === undefined ? '' : `${interpreter}\0`)
  const bytes = new Uint8Array(Math.max(header + 2 * entry + path.length, 200))
  const view = new DataView(bytes.buffer)
  const word = (offset: number, value: number) =>
    wide ? view.setBigUint64(offset, BigInt(value), little) : view.setUint32(offset, value, little)
  bytes.set([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, little ? 1 : 2, 1])
  view.setUint16(18, machine, little)
  word(wide ? 32 : 28, header)
  view.setUint16(wide ? 54 : 42, entry, little)
  view.setUint16(wide ? 56 : 44, interpreter === undefined ? 1 : 2, little)
  view.setUint32(header, 1, little)
  if (interpreter !== undefined) {
    const second = header + entry
    view.setUint32(second, 3, little)
    word(second + (wide ? 8 : 4), header + 2 * entry)
    word(second + (wide ? 32 : 16), path.length)
    bytes.set(path, header + 2 * entry)
  }
  return bytes
}

/** The start of a Mach-O file for one processor. */
export function machO(cpuType: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(32))
  view.setUint32(0, 0xcffaedfe)
  view.setUint32(4, cpuType, true)
  return new Uint8Array(view.buffer)
}

/** The start of a universal Mach-O file. */
export function universalMachO(cpuTypes: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 + cpuTypes.length * 20))
  view.setUint32(0, 0xcafebabe)
  view.setUint32(4, cpuTypes.length)
  cpuTypes.forEach((type, i) => {
    view.setUint32(8 + i * 20, type)
  })
  return new Uint8Array(view.buffer)
}
