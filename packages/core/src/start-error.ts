/** Why a process could not be started, with the system's code (`ENOENT`, `EACCES`, `E2BIG` …) as `code`. */
export class StartError extends Error {
  override readonly name = 'StartError'
  readonly code: string
  /** What is at fault: the file to run, the folder to run it in, or the size of arguments and environment. */
  readonly subject: 'file' | 'folder' | 'arguments' | 'system'

  constructor(code: string, subject: StartError['subject'], message: string, cause: unknown) {
    super(message, { cause })
    this.code = code
    this.subject = subject
  }
}
