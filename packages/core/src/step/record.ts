import { join } from 'node:path'
import * as z from 'zod/mini'
import { RunnerError } from '../errors.ts'
import type { Files } from '../ports.ts'

/** Where the record of a step lies in its folder. */
export function recordPathOf(stepFolder: string): string {
  return join(stepFolder, 'run-record.json')
}

/** Keeps the record of one run up to date on disk. */
export interface RunRecorder {
  readonly path: string
  current(): RunRecord
  /** Takes facts over at once and writes them soon; a failed write shows at the next `flush`. */
  update(facts: Partial<Omit<RunRecord, 'version' | 'marker'>>): void
  /** Resolves when everything that is known is on disk; rejects with the error of the last write. */
  flush(): Promise<void>
}

/** Starts a record, or continues the one of a killed step; nothing is written before the first `update` or `flush`. */
export function createRunRecorder(
  path: string,
  first: Omit<RunRecord, 'version' | 'resultsWritten' | 'close'> & Partial<RunRecord>,
  files: Pick<Files, 'write'>,
): RunRecorder {
  let record: RunRecord = { resultsWritten: false, close: { kind: 'open' }, ...first, version: 1 }
  let written: RunRecord | undefined
  let writing: Promise<void> | undefined

  const writeAll = async (): Promise<void> => {
    while (written !== record) {
      const now = record
      await files.write(path, `${JSON.stringify(now, null, 2)}\n`, { mode: 0o600 })
      written = now
    }
  }
  const flush = (): Promise<void> => {
    writing ??= writeAll().finally(() => {
      writing = undefined
    })
    return writing
  }
  return {
    path,
    current: () => record,
    update(facts) {
      record = { ...record, ...facts }
      flush().catch(() => {})
    },
    flush,
  }
}

/** Whether the run was reported as over to Warp: `claimed` means that someone began to, and may have died over it. */
export type CloseState = z.infer<typeof CloseState>
export const CloseState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open') }),
  z.object({ kind: z.literal('claimed') }),
  z.object({ kind: z.literal('confirmed') }),
])

/**
 * What a later step must know to finish a run whose own step was killed. It lies in the step's own folder, but the agent
 * runs as the same user and can write there: so it names no file, folder or program, and a process that it names is
 * ended only when that carries the marker. It never holds the key.
 */
export type RunRecord = z.infer<typeof RunRecord>
export const RunRecord = z.object({
  version: z.literal(1),
  /** Stands in the environment of every process of the run. */
  marker: z.string().check(z.minLength(1)),
  /** Absent until the agent was started. `startTime` tells it from a later process with the same number. */
  agent: z.optional(z.object({ pid: z.int().check(z.minimum(2)), startTime: z.optional(z.string()) })),
  /** A cloud run is the worker's to close; a killed step cancels it. */
  placement: z.optional(z.enum(['local', 'cloud'])),
  /** Absent until the agent said it. */
  runId: z.optional(z.string().check(z.minLength(1))),
  resultsWritten: z.boolean(),
  close: CloseState,
})

/**
 * Reads a record; undefined where none is, as a step may have been killed before it wrote one.
 * @throws RunnerError (`internal-error`) when the file is not a record of this version.
 */
export async function readRunRecord(
  path: string,
  files: Pick<Files, 'info' | 'readText'>,
): Promise<RunRecord | undefined> {
  if ((await files.info(path)) === undefined) return undefined
  const parsed = RunRecord.safeParse(parseJson(await files.readText(path)))
  if (parsed.success) return parsed.data
  throw new RunnerError(
    'internal-error',
    `${path} is not the record of a run: ${z.prettifyError(parsed.error)}`,
    {
      remedy:
        'Nothing but the agent step may write this file. The run was not closed; see it in the Oz dashboard.',
    },
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
