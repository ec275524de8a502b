import { didYouMean, quote } from '@oz-agent/core'
import * as z from 'zod'

export const MODES = ['agent', 'on-failure'] as const

/** The Buildkite agent cuts contexts that are longer. https://buildkite.com/docs/agent/cli/reference/annotate */
export const MAX_CONTEXT_LENGTH = 100
const MAX_PREFIX_LENGTH = 100

/**
 * The options that only this plugin has, by their names in YAML. Values come as JSON; quoted ones (`"true"`, `"200"`)
 * mean the same, and null or blank text means that the option was not given. `plugin.yml` and the README's table are
 * generated from this. `defaultNote` is how they show a default that is only known in the job.
 */
export const OwnOptions = z.object({
  mode: word(MODES, 'agent').describe(
    "`agent`: the step is the agent. `on-failure`: run the step's own command, and the agent only when it fails.",
  ),
  'context-lines': wholeNumber(1, 5_000, 200).describe(
    "With `mode: on-failure`: how many of the last lines of the command's output the agent gets.",
  ),
  'context-bytes': wholeNumber(1_024, 262_144, 32_768).describe(
    "With `mode: on-failure`: how many bytes of the command's output the agent gets at most.",
  ),
  'rerun-after-fix': truthValue(false).describe(
    'With `mode: on-failure`: run the command once more when the agent succeeded. The step then passes if the command does.',
  ),
  'annotation-context': line(MAX_CONTEXT_LENGTH).meta({
    description:
      'Context of the annotation, at most 100 characters. Steps with the same context share one annotation.',
    defaultNote: 'one of its own for each step',
  }),
  'meta-data-prefix': line(MAX_PREFIX_LENGTH).meta({
    description: 'Prefix of the meta-data keys of this step: `<prefix>:outcome` and so on.',
    defaultNote: '`oz-agent`, or `oz-agent:<step key>` in a step with a key',
  }),
  'upload-artifacts': truthValue(true).describe(
    'Upload `result.json`, the transcript and a patch of what the agent changed.',
  ),
  'cache-folder': line().describe(
    'Folder that is kept after the job, such as a path of `cache` on hosted agents. The downloaded CLI is kept there.',
  ),
  'label-suffix': truthValue(false).describe("Add the agent's outcome to the step's label."),
})
export type OwnOptions = z.infer<typeof OwnOptions>
export type OwnName = keyof OwnOptions
export const OWN_NAMES = OwnOptions.keyof().options

/** A value as text without space around it; undefined when the option was not given. */
function textOf(raw: unknown, context: z.RefinementCtx): string | undefined {
  if (raw === undefined || raw === null) return undefined
  const text = String(raw).trim()
  const problem = problemOf(raw, text)
  if (problem === undefined) return text === '' ? undefined : text
  context.addIssue({ code: 'custom', message: problem })
  return z.NEVER
}

function problemOf(raw: unknown, text: string): string | undefined {
  if (typeof raw === 'object') return `expected one value, got ${Array.isArray(raw) ? 'a list' : 'an object'}`
  if (text.includes('\0')) return 'expected text without NUL characters'
  if (typeof raw === 'number' && Math.abs(raw) > Number.MAX_SAFE_INTEGER) {
    return 'is a number too large to be kept exactly: put it in quotes'
  }
  return undefined
}

/** A schema of the text of a value. */
function option<Schema extends z.ZodType>(schema: Schema, read: (text: string) => unknown = (text) => text) {
  return z.preprocess((raw, context) => {
    const text = textOf(raw, context)
    return text === undefined ? undefined : read(text)
  }, schema)
}

function word<const Words extends readonly [string, ...string[]]>(words: Words, preset: Words[number]) {
  const error = ({ input }: { input?: unknown }) =>
    `expected one of ${words.join(', ')}, got ${quote(String(input))}.${didYouMean(String(input), words)}`
  return option(z.enum(words, { error }).default(preset as z.util.NoUndefined<Words[number]>))
}

/** YAML 1.2's booleans. */
function truthValue(preset: boolean) {
  const words = new Map(
    [true, false].flatMap((value) =>
      [`${value}`, `${value}`.toUpperCase(), value ? 'True' : 'False'].map((text) => [text, value]),
    ),
  )
  const error = ({ input }: { input?: unknown }) => `expected true or false, got ${quote(String(input))}`
  return option(z.boolean({ error }).default(preset), (text) => words.get(text) ?? text)
}

function wholeNumber(minimum: number, maximum: number, preset: number) {
  const error = `expected a whole number from ${minimum} to ${maximum}`
  const schema = z.int({ error }).min(minimum, { error }).max(maximum, { error }).default(preset)
  return option(schema, (text) => (/^\d+$/.test(text) ? Number(text) : text))
}

/** One line of text, of at most so many characters. */
function line(longest?: number) {
  const one = z.string().refine((text) => !/[\r\n]/.test(text), 'expected one line of text, got several')
  if (longest === undefined) return option(one.optional())
  const lengthOf = (text: string) => [...text].length
  const error = ({ input }: { input?: unknown }) =>
    `expected at most ${longest} characters, got ${lengthOf(String(input))}`
  const short = one.refine((text) => lengthOf(text) <= longest, { error }).meta({ maxLength: longest })
  return option(short.optional())
}
