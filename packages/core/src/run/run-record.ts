import { dirname } from 'node:path'
import type { Files } from '../ports.ts'
import type { RunRecord } from './read-run-record.ts'

/** Keeps the record of one run up to date on disk. */
export interface RunRecorder {
  readonly path: string
  current(): RunRecord
  /** Takes facts over at once and writes them soon; a failed write shows at the next `flush`. */
  update(facts: Partial<Omit<RunRecord, 'version' | 'cookie'>>): void
  /** Resolves when everything that is known is on disk; rejects with the error of the last write. */
  flush(): Promise<void>
}

/** Starts a record; nothing is written before the first `update` or `flush`. */
export function createRunRecorder(
  path: string,
  first: Omit<RunRecord, 'version' | 'resultsWritten' | 'close'> & Partial<RunRecord>,
  files: Pick<Files, 'write' | 'makeFolder'>,
): RunRecorder {
  let record: RunRecord = { resultsWritten: false, close: { kind: 'open' }, ...first, version: 1 }
  let written: RunRecord | undefined
  let writing: Promise<void> | undefined

  const writeAll = async (): Promise<void> => {
    while (written !== record) {
      const now = record
      await files.makeFolder(dirname(path))
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

/** Continues the record that a killed step left. */
export function resumeRunRecorder(
  path: string,
  record: RunRecord,
  files: Pick<Files, 'write' | 'makeFolder'>,
): RunRecorder {
  return createRunRecorder(path, record, files)
}
