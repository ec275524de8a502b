import * as z from 'zod/mini'
import { quote } from './names.ts'
import { linesAndCommas, list, ofText } from './values.ts'

/** `latest`, or a release tag, which is given its `v` where it was left out. */
export const version = ofText(
  z.string().check(
    z.trim(),
    z.regex(/^(?:latest|v?\d+(?:\.[\w-]+)+)$/, {
      error: got('expected latest or a release tag such as v0.2026.08.19.08.14.stable_01'),
    }),
    z.overwrite((tag) => tag.replace(/^(?=\d)/, 'v')),
  ),
)

/** 64 hexadecimal digits, in lower case; the prefix that some tools write is taken off. */
export const sha256 = ofText(
  z.string().check(
    z.trim(),
    z.regex(/^(?:[Ss][Hh][Aa]256[:-])?[0-9A-Fa-f]{64}$/, { error: got('expected 64 hexadecimal digits') }),
    z.overwrite((sum) => sum.toLowerCase().replace(/^sha256[:-]/, '')),
  ),
)

/** A base URL without its last slash. A wrong one is not shown: it may hold a password. */
export const url = ofText(
  z
    .url({
      protocol: /^https?$/,
      normalize: true,
      abort: true,
      error: 'expected an http or https URL such as https://mirror.example.com/warp',
    })
    .check(
      z.refine((address) => !address.includes('#'), 'expected a URL without #'),
      z.overwrite((address) => address.replace(/\/+$/, '')),
    ),
)

/** Names of environment variables, each once. */
export const variableNames = list(
  z.pipe(
    z.array(
      z
        .string()
        .check(
          z.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: ({ input }) => wrongVariableName(String(input)) }),
        ),
    ),
    z.transform((names) => [...new Set(names)]),
  ),
  { split: linesAndCommas },
)

/** Shows nothing behind the `=`: that would be the variable's value. */
function wrongVariableName(entry: string): string {
  const [name = '', ...value] = entry.split('=')
  const advice = value.length > 0 ? 'give the name alone, without a value' : 'expected letters, digits and _'
  return `${quote(name)} is no name of an environment variable: ${advice}`
}

/** A skill's reference in the form that the CLI takes: no part may be empty. */
export const skill = ofText(
  z.string().check(
    z.trim(),
    z.superRefine((reference: string, context) => {
      const problem = problemOfSkill(reference)
      if (problem !== undefined) context.addIssue(`${quote(reference)} ${problem}: ${EXPECTED_SKILL}`)
    }),
  ),
)

const EXPECTED_SKILL = 'expected name, repo:name or org/repo:name, where name may be a path to a SKILL.md'

function problemOfSkill(reference: string): string | undefined {
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

/** A message that ends with what was given. */
function got(expected: string): (issue: { readonly input?: unknown }) => string {
  return ({ input }) => `${expected}, got ${quote(String(input))}`
}
