import type { Archives } from '../ports.ts'

/** Archives whose library is loaded when the first one is unpacked. */
export function createNodeArchives(): Archives {
  return { unpack: async (archive, folder) => (await import('../node/archives.ts')).unpack(archive, folder) }
}
