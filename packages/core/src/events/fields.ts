import type { Fields } from './oz-event.ts'

/** A text field, or the empty string where it is missing or something else. */
export function textField(fields: Fields, name: string): string {
  const value = fields[name]
  return typeof value === 'string' ? value : ''
}

/** The texts of a list field; a single text counts as a list of one. */
export function textsField(fields: Fields, name: string): string[] {
  const value = fields[name]
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}

/** The objects of a list field. */
export function objectsField(fields: Fields, name: string): Fields[] {
  const value = fields[name]
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'object' && entry !== null) : []
}

/** What a `run_command` result says: `exitCode` is undefined while the command goes on. */
export interface CommandResult {
  readonly exitCode: number | undefined
  readonly output: string
}

/** Reads `status: "complete"` with its fields beside it, and `status: {complete: {…}}` just as well. */
export function commandResult(output: Fields): CommandResult {
  const { status } = output
  const nested = typeof status === 'object' && status !== null ? Object.values(status)[0] : undefined
  const fields = typeof nested === 'object' && nested !== null ? (nested as Fields) : output
  const code = fields.exit_code
  const exitCode = typeof code === 'number' && Number.isSafeInteger(code) ? code : undefined
  return { exitCode, output: textField(fields, 'output') }
}
