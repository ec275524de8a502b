import * as z from 'zod/mini'
import { formatDuration, LONGEST_DURATION, type Milliseconds, parseDuration } from './duration.ts'
import { didYouMean, quote } from './names.ts'

/** An input as a platform hands it over: text from GitHub and flags, JSON values from Buildkite. */
export type RawValue =
  | string
  | number
  | boolean
  | null
  | readonly unknown[]
  | Readonly<Record<string, unknown>>

/** How an input looks to its user; manifests and tables are generated from it. */
export type InputKind = 'text' | 'path' | 'boolean' | 'choice' | 'duration' | 'number' | 'list'

/**
 * The zod schema of one input: takes what a platform hands over and yields the checked value, undefined when the input
 * was not given. It has one issue for each problem. Its JSON Schema (`io: 'input'`) is the form that users should write.
 */
export type InputSchema<Out = unknown> = z.ZodMiniType<Out, RawValue>

/** Where a transform of zod puts what is wrong. */
type Issues = Pick<z.core.ParsePayload, 'issues'>

/** Adds a problem from within a transform; what it returns stands in for the value. */
export function report({ issues }: Issues, message: string): never {
  issues.push({ code: 'custom', input: undefined, message })
  return z.NEVER
}

/** The text of one value; undefined when it is empty. */
const oneText = z.transform((raw: RawValue, context): string | undefined => {
  if (raw === null) return undefined
  if (!isRawValue(raw)) return report(context, NO_VALUE)
  if (typeof raw === 'object') {
    return report(context, `expected one value, got ${Array.isArray(raw) ? 'a list' : 'an object'}`)
  }
  const whole = String(raw)
  if (whole.trim() === '') return undefined
  if (whole.includes('\0')) return report(context, 'expected text without NUL characters')
  if (typeof raw === 'number' && !(Math.abs(raw) <= Number.MAX_SAFE_INTEGER)) {
    return report(context, 'is a number too large to be kept exactly: put it in quotes')
  }
  return whole
})

const NO_VALUE = 'expected text, a number, true, false or a list'

/** Adapters give JSON values only; a bug of theirs must not pass for an input. */
function isRawValue(raw: unknown): raw is RawValue {
  return ['string', 'number', 'boolean', 'object'].includes(typeof raw)
}

/** Makes the schema of an input from the schema of its text. */
export function ofText<Out>(
  schema: z.core.$ZodType<Out, string> | z.core.$ZodType<Out, string | number>,
): InputSchema<Out | undefined> {
  return z.pipe(oneText, z.optional(schema as z.core.$ZodType<Out, string>))
}

/** Text that is kept to the letter. */
export const text = ofText(z.string())

/** One line of text without surrounding space: an id, a name, a path, a URL. */
export const line = ofText(
  z.string().check(
    z.trim(),
    z.refine((word) => !/[\r\n]/.test(word), 'expected one line of text, got several'),
  ),
)

const TRUE = ['true', 'True', 'TRUE']
const FALSE = ['false', 'False', 'FALSE']

/** YAML 1.2's booleans, as GitHub's toolkit reads them. */
export const boolean = ofText(
  z.pipe(
    z.transform((given: string, context): boolean => {
      const word = given.trim()
      if (TRUE.includes(word)) return true
      if (FALSE.includes(word)) return false
      return report(context, `expected true or false, got ${quote(word)}`)
    }),
    z.boolean(),
  ),
)

/** One of a few words; synonyms are taken for the word they stand for. */
export function choice<const Words extends readonly string[]>(
  words: Words,
  synonyms: Readonly<Record<string, Words[number]>> = {},
): InputSchema<Words[number] | undefined> {
  const word = z.transform((given: string): string => {
    const trimmed = given.trim()
    const meant = Object.hasOwn(synonyms, trimmed) ? synonyms[trimmed] : undefined
    return meant ?? trimmed
  })
  const known: z.core.$ZodType<Words[number]> = z.enum(words, {
    error: ({ input }) => {
      const given = String(input)
      return `expected one of ${words.join(', ')}, got ${quote(given)}.${didYouMean(given, words)}`
    },
  })
  return ofText(z.pipe(word, known as z.core.$ZodType<Words[number], string>))
}

/** A duration in milliseconds; `0` is kept as 0 and means "none". A bare number is minutes. */
export const duration = ofText(
  z.pipe(
    z.union([z.string(), z.number()]),
    z.transform((given, context): Milliseconds => {
      const parsed = parseDuration(String(given))
      const got = `got ${quote(String(given).trim())}`
      if (parsed === undefined) {
        return report(
          context,
          `expected a duration such as 30m, 90s or 1h30m (a bare number is minutes, 0 is none), ${got}`,
        )
      }
      if (parsed > LONGEST_DURATION) {
        return report(context, `expected at most ${formatDuration(LONGEST_DURATION)}, ${got}`)
      }
      return parsed
    }),
  ),
)

/** A whole number; both limits are included. The `kind` of such an input is `number`. */
export function wholeNumber({ min, max }: { readonly min: number; readonly max: number }) {
  const error = `expected a whole number from ${min} to ${max}`
  const number = z.transform((given: string) => (/^\s*-?\d+\s*$/.test(given) ? Number(given) : Number.NaN))
  return ofText(z.pipe(number, z.int({ error, abort: true }).check(z.gte(min, error), z.lte(max, error))))
}

interface ListOptions {
  /** Splits the text of platforms that have no lists; one entry a line unless told otherwise. */
  readonly split?: (text: string) => string[]
  /** Whether an entry may be an object, which is then handed on as its JSON. */
  readonly objects?: boolean
}

const textOrTexts = z.union([z.string(), z.array(z.string())])
const textOrObjects = z.union([z.string(), z.array(z.union([z.string(), z.looseObject({})]))])

/**
 * Lines of text, or a list from platforms that have lists; blank entries are dropped.
 * @param entries the schema of the entries that are left; not asked when there are none.
 */
export function list<Out>(
  entries: z.core.$ZodType<Out, string[]>,
  { split = lines, objects = false }: ListOptions = {},
): InputSchema<Out | undefined> {
  const entriesOf = z.transform((raw: RawValue, context): string[] | undefined => {
    const all =
      typeof raw === 'object' || !isRawValue(raw) ? textsOf(raw, objects, context) : split(String(raw))
    return all.length === 0 ? undefined : all
  })
  // A list of texts is all that comes here; the rest of the form is for the JSON Schema.
  const form = (objects ? textOrObjects : textOrTexts) as z.ZodMiniType<string[], string[]>
  return z.pipe(entriesOf, z.optional(z.pipe(form, entries)))
}

function textsOf(raw: unknown, objects: boolean, context: Issues): string[] {
  if (raw === null) return []
  if (typeof raw !== 'object') return report(context, NO_VALUE)
  const entries: readonly unknown[] = Array.isArray(raw) ? raw : [raw]
  const texts: string[] = []
  entries.forEach((entry, index) => {
    if (entry === null || entry === undefined) return
    if (typeof entry !== 'object') texts.push(String(entry).trim())
    else if (objects && !Array.isArray(entry)) texts.push(JSON.stringify(entry))
    else report(context, `entry ${index + 1}: ${Array.isArray(entry) ? LIST_IN_LIST : OBJECT_IN_LIST}`)
  })
  return texts.filter((one) => one !== '')
}

const LIST_IN_LIST = 'expected text, got a list'
const OBJECT_IN_LIST =
  'expected text, got an object (in YAML a colon with a space after it makes one: put the entry in quotes)'

/** One entry a line. */
function lines(given: string): string[] {
  const entries = given.split(/\r\n|\r|\n/).map((entry) => entry.trim())
  return entries.filter((entry) => entry !== '')
}

/** One entry a line, and several in a line parted by commas: for words that cannot hold a comma. */
export function linesAndCommas(given: string): string[] {
  const entries = given.split(/[\r\n,]+/).map((word) => word.trim())
  return entries.filter((word) => word !== '')
}
