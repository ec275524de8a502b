import * as z from 'zod'
import type { ContentCheck } from './check-files.ts'
import { nearest } from './did-you-mean.ts'
import { placeAt, placeOfJsonError } from './json-place.ts'
import { quote } from './quote.ts'

/** The settings that the CLI takes from `--file`; it refuses any other key. https://docs.warp.dev/reference/cli */
export const configFileSchema = z.strictObject({
  name: z.string().optional(),
  environment_id: z.string().optional(),
  runner_id: z.string().optional(),
  model_id: z.string().optional(),
  base_prompt: z.string().optional(),
  mcp_servers: z.unknown().optional(),
  host: z.string().optional(),
  computer_use_enabled: z.boolean().optional(),
})

const KEYS = Object.keys(configFileSchema.shape)

/** Checks a configuration file by its form and by the CLI's strict keys; never shows a value: it may be a secret. */
export const configProblem: ContentCheck = async (text, path) => {
  const parsed = /\.json$/i.test(path) ? parseJson(text) : await parseYaml(text)
  if (!parsed.ok) return parsed.problem
  if (typeof parsed.value !== 'object' || parsed.value === null || Array.isArray(parsed.value)) {
    return `holds no mapping: expected keys out of ${KEYS.join(', ')}`
  }
  const checked = configFileSchema.safeParse(parsed.value)
  if (checked.success) return undefined
  return `has wrong settings: ${checked.error.issues.flatMap(problemsOf).join('; ')}`
}

type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: string }

function parseJson(text: string): Parsed {
  const place = placeOfJsonError(text)
  if (place !== undefined) return { ok: false, problem: `does not parse as JSON at ${place}` }
  return { ok: true, value: JSON.parse(text) }
}

/** The parser is loaded only here: a step without a configuration file should not wait for it. */
async function parseYaml(text: string): Promise<Parsed> {
  const { parseDocument } = await import('yaml')
  const document = parseDocument(text, { prettyErrors: false, stringKeys: true })
  const [error] = document.errors
  if (error === undefined) return { ok: true, value: document.toJS() }
  const { line, column } = placeAt(text, error.pos[0])
  const what = error.code.toLowerCase().replaceAll('_', ' ')
  return { ok: false, problem: `does not parse as YAML at line ${line}, column ${column} (${what})` }
}

function problemsOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const guess = nearest(key, KEYS)
      const advice = guess === undefined ? `known are ${KEYS.join(', ')}` : `did you mean ${quote(guess)}?`
      return `there is no key ${quote(key)} (${advice})`
    })
  }
  const expected = issue.code === 'invalid_type' ? issue.expected : 'another value'
  return [`${quote(issue.path.join('.'))} must be a ${expected}`]
}
