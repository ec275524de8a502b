import { parseDocument } from 'yaml'
import type { YamlReading } from './ports.ts'

/**
 * What only some steps need, and what would cost the start of every agent too much: HTTP, archives, YAML, and the look
 * for the cause of a failure. Loaded together, with the first use of any of them.
 */
export { diagnose } from './doctor/doctor.ts'
export { copy, unpack } from './node/archives.ts'
export { request } from './node/http.ts'

export function parseYaml(text: string): YamlReading {
  const document = parseDocument(text, { prettyErrors: false, stringKeys: true })
  const [error] = document.errors
  if (error === undefined) return { ok: true, value: document.toJS() }
  return { ok: false, offset: error.pos[0], what: error.code.toLowerCase().replaceAll('_', ' ') }
}
