import { type Reading, read, refuse } from './kinds.ts'
import { quote } from './quote.ts'

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
