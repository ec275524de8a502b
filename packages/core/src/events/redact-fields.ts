import type { Redactor } from '../auth/redactor.ts'
import type { Fields } from './oz-event.ts'

/**
 * Redacts the decoded strings and keys of a JSON object, where `\u` escapes could spell a secret that the bytes of
 * the line do not show. Returns the same object when nothing had to be hidden.
 */
export function redactFields(fields: Fields, redactor: Redactor): Fields {
  return redactValue(fields, redactor) as Fields
}

function redactValue(value: unknown, redactor: Redactor): unknown {
  if (typeof value === 'string') return redactor.text(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const entries = value.map((entry) => redactValue(entry, redactor))
    return entries.some((entry, index) => entry !== value[index]) ? entries : value
  }
  const entries = Object.entries(value).map(
    ([key, entry]) => [redactor.text(key), redactValue(entry, redactor)] as const,
  )
  const before = Object.entries(value)
  const changed = entries.some(
    ([key, entry], index) => key !== before[index]?.[0] || entry !== before[index]?.[1],
  )
  return changed ? Object.fromEntries(entries) : value
}
