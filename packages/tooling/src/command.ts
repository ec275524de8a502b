/** Something that went wrong in a way that its message explains; a stack would only distract. */
export class ToolingError extends Error {
  override readonly name = 'ToolingError'
}

/** Runs a command's work; what it expects to go wrong is told in one message, everything else with its stack. */
export async function runCommand(work: () => Promise<number | undefined>): Promise<void> {
  try {
    process.exitCode = (await work()) ?? 0
  } catch (error) {
    if (!(error instanceof ToolingError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
