import type { Host } from '../host.ts'
import type { Ending } from './ending.ts'

/** Makes the ending true: the exit status, or death by a signal. */
export async function perform(ending: Ending, host: Host, logFile: string | undefined): Promise<number> {
  if (ending.kind === 'signal') return host.raise(ending.signal)
  if (ending.kind === 'fatal') {
    const causes = ending.causes.map((cause) => `=> ${cause}\n`).join('')
    const pointer = logFile === undefined ? '' : `\nSee the log file for details: ${logFile}\n`
    await host.stderr.write(`${ending.message}\n${causes}${pointer}`)
  }
  return ending.code
}
