import { execa } from 'execa'

const limitMs = 10 * 60_000

/** Runs one step of an installation; returns what went wrong in a line or two, or nothing. */
export async function attempt(
  command: string,
  args: readonly string[],
  options: { readonly env?: Record<string, string>; readonly timeoutMs?: number; readonly cwd?: string } = {},
): Promise<{ problem: string } | undefined> {
  const run = await execa(command, args, {
    env: options.env ?? {},
    ...(options.cwd && { cwd: options.cwd }),
    timeout: options.timeoutMs ?? limitMs,
    reject: false,
    all: true,
    stdin: 'ignore',
  })
  if (!run.failed) return undefined
  if (run.code === 'ENOENT') return { problem: `there is no ${command} on this machine` }
  if (run.timedOut)
    return { problem: `${command} ${args[0]} took longer than ${(options.timeoutMs ?? limitMs) / 1000} s` }
  return { problem: lastWords(run.all) }
}

/** The last two lines that are no progress messages. */
function lastWords(output: string): string {
  const lines = output.split('\n').map((line) => line.trim())
  return lines
    .filter((line) => line !== '' && !line.startsWith('go: downloading'))
    .slice(-2)
    .join(' ')
}
