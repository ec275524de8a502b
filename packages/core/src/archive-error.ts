/** An archive that is broken, or that holds what no archive of ours may hold. `message` is one sentence. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError'
}
