import type { Job, JobEnd } from './job.ts'
import type { AgentCall } from './stub-agent.ts'

/** One row of a table of jobs. */
export interface NamedJob extends Job {
  readonly name: string
  /** Why agents older than this cannot run it. */
  readonly since?: { readonly version: string; readonly why: string }
  readonly check: (end: JobEnd) => void | Promise<void>
}

export const annotations = ({ calls }: JobEnd): readonly AgentCall[] =>
  calls.filter(({ name }) => name === 'annotate')

/** Calls of the stand-in that ran an agent or closed a run, by their first words. */
export const ozCalls = ({ ozCalls: all }: JobEnd, ...words: readonly string[]) =>
  all.filter(({ argv }) => words.every((word) => argv.includes(word)))

export function metaData({ calls }: JobEnd): Readonly<Record<string, string>> {
  const set = calls.filter(({ name }) => name === 'meta-data set')
  return Object.fromEntries(set.map(({ key, value }) => [key ?? '', value ?? '']))
}

export const outcomeOf = (end: JobEnd, folder = 'oz-agent'): unknown =>
  JSON.parse(end.artifact(`${folder}/result.json`)).outcome

/** Lines of the log that Buildkite takes for headers, without those of the Buildkite agent itself. */
export function headers({ log }: JobEnd): readonly string[] {
  const plain = log.replace(/\x1b\[[\d;]*[mK]/g, '').split(/\r?\n/)
  const own = plain.findIndex((line) => /Running .*command hook/.test(line))
  return plain.slice(own + 1).filter((line) => /^(?:(?:---|\+\+\+|~~~)\s|\^\^\^\s\+\+\+)/.test(line))
}

/** The prompt that the stand-in was given. */
export function promptOf(end: JobEnd): string | undefined {
  const run = ozCalls(end, 'agent', 'run')[0]
  return run?.argv.find((argument) => argument.startsWith('--prompt='))?.slice('--prompt='.length)
}
