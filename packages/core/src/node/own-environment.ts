import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'

const FILLER = '*'.charCodeAt(0)
/** Fields of `/proc/<pid>/stat` after the command: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const ENV_START = 47
const ENV_END = 48

/**
 * Overwrites the values of these variables in what `/proc/<pid>/environ` shows of this process. Any process of the same
 * user can read that file for as long as this one lives, and deleting from `process.env` does not change it. The
 * variables keep their values for this process and for those that it starts.
 *
 * It works without native code: the kernel lets a process write to its own memory through `/proc/self/mem`. Where that
 * is refused, and on other systems, nothing happens.
 * @returns whether the values were overwritten.
 */
export function hideOwnVariables(names: readonly string[]): boolean {
  if (process.platform !== 'linux') return false
  try {
    const stat = readFileSync('/proc/self/stat', 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const start = Number(fields[ENV_START])
    const block = readFileSync('/proc/self/environ')
    if (!(start > 0) || block.length !== Number(fields[ENV_END]) - start) return false
    const values = valuesIn(block, new Set(names))
    // A variable that is set anew has its value elsewhere in memory; without this it would be lost.
    for (const { name } of values) process.env[name] = process.env[name] ?? ''
    overwrite(values, start)
    return true
  } catch {
    return false
  }
}

interface Value {
  readonly name: string
  readonly at: number
  readonly length: number
}

/** Where the values stand in a block of `name=value` entries that end with NUL. */
function valuesIn(block: Buffer, names: ReadonlySet<string>): Value[] {
  const values: Value[] = []
  for (let at = 0, end = block.indexOf(0); end !== -1; at = end + 1, end = block.indexOf(0, at)) {
    const equals = block.indexOf('=', at)
    if (equals === -1 || equals > end) continue
    const name = block.toString('utf8', at, equals)
    if (names.has(name)) values.push({ name, at: equals + 1, length: end - equals - 1 })
  }
  return values
}

function overwrite(values: readonly Value[], start: number): void {
  const memory = openSync('/proc/self/mem', 'r+')
  try {
    for (const { at, length } of values)
      writeSync(memory, Buffer.alloc(length, FILLER), 0, length, start + at)
  } finally {
    closeSync(memory)
  }
}
