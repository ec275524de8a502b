import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CallEnd, CallStart, RecordedCall } from './call.ts'
import { CALLS_FILE } from './recorder.ts'

/** Every call recorded in `folder`, in the order in which they started; empty when there was none. */
export function readCalls(folder: string): readonly RecordedCall[] {
  const lines = content(join(folder, CALLS_FILE))
    .split('\n')
    .filter((line) => line !== '')
    .map((line): CallStart | CallEnd => JSON.parse(line))
  const ends = new Map(lines.flatMap((line) => (line.event === 'end' ? [[line.id, line] as const] : [])))
  return lines.flatMap((line) => {
    if (line.event !== 'start') return []
    const { event: _event, ...call } = line
    const end = ends.get(line.id)
    if (!end) return [call]
    const { event: _end, id: _id, ...rest } = end
    return [{ ...call, end: rest }]
  })
}

function content(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}
