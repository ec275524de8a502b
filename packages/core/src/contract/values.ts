import * as z from 'zod'
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
export type InputKind = 'text' | 'path' | 'boolean' | 'choice' | 'duration' | 'list'

/** What a reader of a value says of it: the value, or every complaint about it. */
export type Reading<Out> =
  | { readonly ok: true; readonly value: Out }
  | { readonly ok: false; readonly problems: string[] }

export const read = <Out>(value: Out): Reading<Out> => ({ ok: true, value })
export const refuse = <Out>(...problems: string[]): Reading<Out> => ({ ok: false, problems })

/**
 * Reads the value of one input and reports several problems at once; undefined when it was not given.
 * A plain function, as every agent's start waits for the inputs, and zod alone takes half as long to load as Node:
 * `schemaOf` makes it the zod schema that a platform with values of unknown form checks them by.
 */
export type InputReader<Out> = (raw: RawValue) => Reading<Out>

/** The value of type `Out` that a reader yields. */
export type ReadBy<Reader extends InputReader<unknown>> = Reader extends InputReader<infer Out> ? Out : never

/** A reader of one piece of text; empty means "not given". */
export function textOf<Out>(reader: (text: string) => Reading<Out>): InputReader<Out | undefined> {
  return (raw): Reading<Out | undefined> => {
    if (raw === null) return read(undefined)
    if (typeof raw === 'object') {
      return refuse(`expected one value, got ${Array.isArray(raw) ? 'a list' : 'an object'}`)
    }
    const text = String(raw)
    if (text.trim() === '') return read(undefined)
    if (text.includes('\0')) return refuse('expected text without NUL characters')
    if (typeof raw === 'number' && !keepsItsDigits(raw)) {
      return refuse('is a number too large to be kept exactly: put it in quotes')
    }
    return reader(text)
  }
}

function keepsItsDigits(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER
}

/** Text that is kept to the letter. */
export const verbatimText = () => textOf<string>(read)

/** One line of text without surrounding space: an id, a name, a path, a URL. */
export const lineOfText = () =>
  textOf<string>((text) => {
    const line = text.trim()
    return /[\r\n]/.test(line) ? refuse('expected one line of text, got several') : read(line)
  })

const TRUE = ['true', 'True', 'TRUE']
const FALSE = ['false', 'False', 'FALSE']

/** YAML 1.2's booleans, as GitHub's toolkit reads them. */
export const truthValue = () =>
  textOf((text): Reading<boolean> => {
    const word = text.trim()
    if (TRUE.includes(word)) return read(true)
    if (FALSE.includes(word)) return read(false)
    return refuse(`expected true or false, got ${quote(word)}`)
  })

/** One of a few words; synonyms are taken for the word they stand for. */
export const choice = <const Words extends readonly string[]>(
  words: Words,
  synonyms: Readonly<Record<string, Words[number]>> = {},
) =>
  textOf((text): Reading<Words[number]> => {
    const word = text.trim()
    const synonym = Object.hasOwn(synonyms, word) ? synonyms[word] : undefined
    const found = words.find((known) => known === word) ?? synonym
    if (found !== undefined) return read(found)
    return refuse(`expected one of ${words.join(', ')}, got ${quote(word)}.${didYouMean(word, words)}`)
  })

/** A duration in milliseconds; `0` is kept as 0 and means "none". */
export const duration = () =>
  textOf((text): Reading<Milliseconds> => {
    const parsed = parseDuration(text)
    if (parsed === undefined) {
      return refuse(
        `expected a duration such as 30m, 90s or 1h30m (a bare number is minutes, 0 is none), got ${quote(text.trim())}`,
      )
    }
    if (parsed > LONGEST_DURATION) {
      return refuse(`expected at most ${formatDuration(LONGEST_DURATION)}, got ${quote(text.trim())}`)
    }
    return read(parsed)
  })

/**
 * Lines of text, or a list from platforms that have lists; blank entries are dropped.
 * @param objects whether an entry may be an object, which is then read as its JSON.
 */
export function listOf<Out>(
  split: (text: string) => Reading<string[]>,
  reader: (entries: readonly string[]) => Reading<Out>,
  { objects = false }: { readonly objects?: boolean } = {},
): InputReader<Out | undefined> {
  return (raw): Reading<Out | undefined> => {
    const entries = entriesOf(raw, split, objects)
    if (!entries.ok) return entries
    return entries.value.length === 0 ? read(undefined) : reader(entries.value)
  }
}

function entriesOf(
  raw: RawValue,
  split: (text: string) => Reading<string[]>,
  objects: boolean,
): Reading<string[]> {
  if (raw === null) return read([])
  if (typeof raw !== 'object') return split(String(raw))
  const entries: readonly unknown[] = Array.isArray(raw) ? raw : [raw]
  const problems: string[] = []
  const texts: string[] = []
  entries.forEach((entry, index) => {
    if (entry === null || entry === undefined) return
    if (typeof entry !== 'object') texts.push(String(entry).trim())
    else if (objects && !Array.isArray(entry)) texts.push(JSON.stringify(entry))
    else problems.push(`entry ${index + 1}: ${Array.isArray(entry) ? LIST_IN_LIST : OBJECT_IN_LIST}`)
  })
  return problems.length > 0 ? refuse(...problems) : read(texts.filter((text) => text !== ''))
}

const LIST_IN_LIST = 'expected text, got a list'
const OBJECT_IN_LIST =
  'expected text, got an object (in YAML a colon with a space after it makes one: put the entry in quotes)'

/** One entry a line. */
export function lines(text: string): Reading<string[]> {
  const entries = text.split(/\r\n|\r|\n/).map((line) => line.trim())
  return read(entries.filter((line) => line !== ''))
}

/** One entry a line, and several in a line parted by commas: for words that cannot hold a comma. */
export function linesAndCommas(text: string): Reading<string[]> {
  const entries = text.split(/[\r\n,]+/).map((word) => word.trim())
  return read(entries.filter((word) => word !== ''))
}

/** `latest`, or a release tag, which is given its `v` where it was left out. */
export function readVersion(text: string): Reading<string> {
  const version = text.trim()
  if (version === 'latest') return read(version)
  if (/^v?\d+(\.[\w-]+)+$/.test(version)) return read(version.startsWith('v') ? version : `v${version}`)
  return refuse(
    `expected latest or a release tag such as v0.2026.08.19.08.14.stable_01, got ${quote(version)}`,
  )
}

/** 64 hexadecimal digits, in lower case; the prefix that some tools write is taken off. */
export function readSha256(text: string): Reading<string> {
  const sum = text
    .trim()
    .toLowerCase()
    .replace(/^sha256[:-]/, '')
  if (/^[0-9a-f]{64}$/.test(sum)) return read(sum)
  return refuse(`expected 64 hexadecimal digits, got ${quote(text.trim())}`)
}

/** A base URL without its last slash. A wrong one is not shown: it may hold a password. */
export function readUrl(text: string): Reading<string> {
  const trimmed = text.trim()
  const url = URL.canParse(trimmed) ? new URL(trimmed) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    return refuse('expected an http or https URL such as https://mirror.example.com/warp')
  }
  if (url.hash !== '') return refuse('expected a URL without #')
  return read(url.href.replace(/\/+$/, ''))
}

/** Names of environment variables, each once. */
export function readVariableNames(names: readonly string[]): Reading<string[]> {
  const wrong = names.filter((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
  return wrong.length === 0 ? read([...new Set(names)]) : refuse(...wrong.map(wrongVariableName))
}

/** Shows nothing behind the `=`: that would be the variable's value. */
function wrongVariableName(entry: string): string {
  const [name = '', ...value] = entry.split('=')
  const advice = value.length > 0 ? 'give the name alone, without a value' : 'expected letters, digits and _'
  return `${quote(name)} is no name of an environment variable: ${advice}`
}

const EXPECTED = 'expected name, repo:name or org/repo:name, where name may be a path to a SKILL.md'

/** Checks the form of a skill's reference as the CLI does: no part may be empty. */
export function readSkill(text: string): Reading<string> {
  const reference = text.trim()
  const problem = problemOf(reference)
  return problem === undefined ? read(reference) : refuse(`${quote(reference)} ${problem}: ${EXPECTED}`)
}

function problemOf(reference: string): string | undefined {
  if (/[\r\n]/.test(reference)) return 'is more than one line'
  const isWindowsPath = /^[A-Za-z]:[\\/]/.test(reference)
  if (isWindowsPath) return undefined
  if (/^\w+:\/\//.test(reference)) return 'is a URL'
  const [first = '', second, ...more] = reference.split(':')
  if (more.length > 0) return 'has more than one colon'
  if (second === undefined) return undefined
  if (/\s$/.test(first) || /^\s/.test(second)) return 'has a space beside its colon'
  if (second === '' || first.split('/').includes('')) return 'has an empty part'
  return first.split('/').length > 2 ? 'names no repository' : undefined
}

const rawValue: z.ZodType<RawValue, RawValue> = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.unknown()).readonly(),
  z.record(z.string(), z.unknown()).readonly(),
])

/** The zod schema of an input: takes any value, and has an issue for each problem that the reader tells. */
export function schemaOf<Out>(reader: InputReader<Out>): z.ZodType<Out, RawValue> {
  return rawValue.transform((raw, context) => {
    const reading = reader(raw)
    if (reading.ok) return reading.value
    for (const message of reading.problems) context.issues.push({ code: 'custom', input: raw, message })
    return z.NEVER
  })
}
