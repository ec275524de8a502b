import { type CommandSpec, type GivenValue, type OptionSpec, signature } from './command.ts'

type Given = ReadonlyMap<string, readonly GivenValue[]>

/** What is wrong between options that are each good by themselves; the first problem, in clap's order. */
export function checkGiven(
  path: readonly CommandSpec[],
  options: readonly OptionSpec[],
  given: Given,
  positionals: readonly string[],
): string | undefined {
  const present = options.filter(({ long }) => given.has(long))
  return conflict(present) ?? missing(path, options, present, positionals)
}

function conflict(present: readonly OptionSpec[]): string | undefined {
  for (const option of present) {
    const other = present.find(({ long }) => option.conflicts?.includes(long))
    if (other) return `the argument '${signature(option)}' cannot be used with '${signature(other)}'`
  }
  return undefined
}

function missing(
  path: readonly CommandSpec[],
  options: readonly OptionSpec[],
  present: readonly OptionSpec[],
  positionals: readonly string[],
): string | undefined {
  const find = (long: string) => options.filter((option) => option.long === long).map(signature)
  const lacking = (long: string) => !present.some((option) => option.long === long)
  const required = path.flatMap((command) => command.required ?? []).filter(lacking)
  const needed = present.flatMap((option) => option.needs ?? []).filter(lacking)
  const last = path.at(-1)
  const wanted = [...required, ...needed].flatMap(find)
  if (last?.oneOf?.every(lacking)) wanted.push(`<${last.oneOf.flatMap(find).join('|')}>`)
  wanted.push(...(last?.positionals ?? []).slice(positionals.length).map((name) => `<${name}>`))
  return wanted.length === 0
    ? undefined
    : `the following required arguments were not provided:\n  ${wanted.join('\n  ')}`
}
