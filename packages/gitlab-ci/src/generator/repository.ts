/** The files of a user's repository, by paths relative to its root with forward slashes. */
export interface Repository {
  /** Whether its root is a folder at all. */
  exists(): Promise<boolean>
  /** undefined where no file is; throws the system's error for anything else. */
  read(path: string): Promise<Uint8Array | undefined>
  /** Makes the folders on the way. */
  write(path: string, content: string | Uint8Array): Promise<void>
}

/** Whether a path is one of a file in a repository: relative, and it does not climb out. */
export function isInRepository(path: string): boolean {
  const parts = path.split('/')
  return !path.includes('\\') && parts.every((part) => part !== '' && part !== '.' && part !== '..')
}
