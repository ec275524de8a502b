import { messageOf } from '@oz-agent/core'
import { parseAllDocuments } from 'yaml'

/** The documents of a GitLab configuration: one, or a header and a body. */
export type YamlReading =
  | { readonly ok: true; readonly header: unknown; readonly body: unknown }
  | { readonly ok: false; readonly problem: string }

/** GitLab's own tag; its value is a list of keys. */
const reference = { tag: '!reference', collection: 'seq' as const }

/** Reads a configuration; a file with a `spec` header has two documents. */
export function readConfiguration(text: string): YamlReading {
  try {
    const documents = parseAllDocuments(text, { customTags: [reference], merge: true })
    const all = Array.isArray(documents) ? documents : []
    const broken = all.flatMap((document) => document.errors)[0]
    if (broken !== undefined) return { ok: false, problem: broken.message }
    const [first, second] = all.map((document) => document.toJS() as unknown)
    if (all.length > 1) return { ok: true, header: first, body: second }
    return { ok: true, header: undefined, body: first }
  } catch (error) {
    return { ok: false, problem: messageOf(error) }
  }
}
