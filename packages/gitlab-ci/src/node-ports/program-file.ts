import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ProgramFile } from '../generator/program.ts'

/** Reads a job program, with the licences that the build put beside it; undefined when there is no such file. */
export async function readProgramFile(path: string): Promise<ProgramFile | undefined> {
  const bytes = await readFile(path).catch(whenMissing)
  if (bytes === undefined) return undefined
  const licences = await readFile(join(dirname(path), 'licenses.txt'), 'utf8').catch(whenMissing)
  return { bytes, licences }
}

const NO_FILE: readonly unknown[] = ['ENOENT', 'ENOTDIR', 'EISDIR']

function whenMissing(error: unknown): undefined {
  if (!(error instanceof Error && 'code' in error && NO_FILE.includes(error.code))) throw error
}
