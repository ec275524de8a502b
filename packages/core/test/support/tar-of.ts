import { Header, Pax } from 'tar'

/** One entry of a tar, good or bad. */
export interface Entry {
  readonly path: string
  readonly type?: 'File' | 'Directory' | 'SymbolicLink' | 'Link' | 'CharacterDevice' | 'BlockDevice' | 'FIFO'
  readonly linkpath?: string
  readonly mode?: number
  readonly content?: string
}

/** A tar written block by block, so that it may hold what no tool would put into one. */
export function tarOf(entries: readonly Entry[]): Buffer {
  const blocks = entries.flatMap(({ path, type = 'File', linkpath, mode = 0o644, content = '' }) => {
    const head = Buffer.alloc(512)
    const header = new Header({
      path,
      type,
      mode,
      size: content.length,
      ...(linkpath === undefined ? {} : { linkpath }),
    })
    // A name that does not fit, or holds any character, stands in an extended header before.
    const long = header.encode(head) || path.includes('\0') ? new Pax({ path }).encode() : Buffer.alloc(0)
    const data = Buffer.alloc(Math.ceil(content.length / 512) * 512)
    data.write(content)
    return [long, head, data]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}
