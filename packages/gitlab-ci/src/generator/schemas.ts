import { didYouMean, parseDuration, parseInputs, spell, unspell } from '@oz-agent/core'
import * as z from 'zod'
import { contractInputIds } from '../template/inputs.ts'
import { TRIGGER_NAMES } from '../template/options.ts'
import { PROGRAM_KINDS } from '../template/program.ts'
import { formatVersion, isAtLeast, OLDEST_VERSION, parseVersion } from '../template/versions.ts'
import type { OptionName } from './options.ts'
import { isInRepository } from './plan.ts'

function form(pattern: RegExp, expected: string) {
  return z.string().regex(pattern, { error: ({ input }) => `expected ${expected}, got "${input}"` })
}

function pathInRepository(extension: RegExp, expected: string) {
  return z.string().refine((path) => isInRepository(path) && extension.test(path), {
    error: ({ input }) => `expected a path in the repository that ends in ${expected}, got "${input}"`,
  })
}

function oneOf<const Words extends readonly string[]>(words: Words) {
  return z.enum(words, {
    error: ({ input }) =>
      `expected one of ${words.join(', ')}, got "${input}".${didYouMean(String(input), words)}`,
  })
}

const time = z.string().transform((text, { addIssue }) => {
  const duration = /[a-z]/i.test(text) ? parseDuration(text) : undefined
  if (duration !== undefined && duration >= 1000) return duration
  addIssue(`expected a time such as 90m or 1h30m, got "${text}"`)
  return z.NEVER
})

const version = z.string().transform((text, { addIssue }) => {
  const parsed = parseVersion(text)
  if (parsed !== undefined && isAtLeast(parsed, OLDEST_VERSION)) return parsed
  const oldest = formatVersion(OLDEST_VERSION)
  addIssue(
    parsed === undefined
      ? `expected a version such as 17.9, got "${text}"`
      : `${formatVersion(parsed)} is too old: templates with inputs need GitLab ${oldest} or later`,
  )
  return z.NEVER
})

/** Words of one option or of several: `--on=web,schedule --on=manual`. */
const triggers = z
  .array(z.string())
  .transform((values) => values.flatMap((value) => value.split(',').map((word) => word.trim())))
  .pipe(z.array(oneOf(TRIGGER_NAMES)))
  .transform((words) => TRIGGER_NAMES.filter((name) => words.includes(name)))
  .refine((words) => !(words.includes('failure') && words.includes('manual')), {
    error: 'failure and manual exclude each other: each takes all that is left',
  })

/** Defaults of the contract's inputs, by their snake_case names; the contract itself checks them. */
const inputDefaults = z.array(z.string()).transform((pairs, { addIssue }) => {
  const names = contractInputIds().map((id) => spell(id, 'snake'))
  const defaults: Record<string, string> = {}
  for (const pair of pairs) {
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(pair) ?? []
    if (name === '') addIssue(`expected NAME=VALUE, got "${pair}"`)
    else if (name in defaults) addIssue(`${name} is given twice`)
    else if (unspell(name) === 'warpApiKey' || name === 'mask') {
      addIssue(`${name} is a secret: make it a masked CI/CD variable.`)
    } else if (!names.includes(name)) {
      addIssue(`${name} is no input of a template.${didYouMean(name, names)}`)
    } else defaults[name] = value
  }
  const parsed = parseInputs(defaults, (id) => spell(id, 'snake'))
  for (const { name, message } of parsed.problems) addIssue(`${name}: ${message}`)
  return defaults
})

const EXPIRY =
  /^(never|(\d+ ?(s|sec|seconds?|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|mos?|months?|y|years?) ?)+)$/

/** What each option accepts. Options without a row take any text, or are switches. */
export const schemas = {
  'gitlab-version': version,
  program: oneOf(PROGRAM_KINDS),
  image: form(/^\S+$/, 'the name of an image without spaces'),
  stage: form(/\S/, 'the name of a stage'),
  'job-name': form(/\S/, 'the name of a job'),
  'job-prefix': z.string(),
  on: triggers,
  'job-timeout': time,
  'script-timeout': time,
  'after-script-timeout': time,
  'artifact-expiry': form(EXPIRY, 'a time such as 30 days, 1 week or never'),
  input: inputDefaults,
  output: form(/\S/, 'the name of a file'),
  directory: form(/\S/, 'the name of a folder'),
  'template-path': pathInRepository(/\.ya?ml$/, '.yml'),
  'remote-url': form(/^https:\/\/[^\s/]+\/\S+\.ya?ml$/, 'an https URL that ends in .yml'),
  'component-name': form(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, 'letters, digits, - and _'),
} as const satisfies Partial<Record<OptionName, z.ZodType>>

export type Schemas = typeof schemas

/** The values that were accepted, by option. */
export type OptionValues = { readonly [Name in keyof Schemas]?: z.infer<Schemas[Name]> }
