/** The files of a user's repository, by paths relative to its root with forward slashes. */
export interface Repository {
  /** undefined where no file is; throws the system's error for anything else. */
  read(path: string): Promise<Uint8Array | undefined>
  /** Makes the folders on the way. */
  write(path: string, content: string | Uint8Array): Promise<void>
}
