/** A CLI that was proven to start on this machine. */
export interface Cli {
  /** Absolute path of the executable. */
  readonly path: string
  /** What `--version` printed. */
  readonly version: string
  /** SHA-256 of the archive it came from, where it was downloaded by us. */
  readonly sha256: string | undefined
  /** Which resolver found it. */
  readonly source: 'oz_path' | 'path' | 'tool-cache' | 'platform-cache' | 'download'
}
