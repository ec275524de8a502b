import { type Reading, read, refuse } from './kinds.ts'

const EXPECTED = 'expected name, repo:name or org/repo:name, where name may be a path to a SKILL.md'

/** Checks the form of a skill's reference as the CLI does: no part may be empty. */
export function readSkill(text: string): Reading<string> {
  const reference = text.trim()
  const [first = '', second, ...more] = reference.split(':')
  const isWindowsPath = /^[A-Za-z]$/.test(first) && /^[\\/]/.test(second ?? '')
  if (isWindowsPath) return read(reference)
  if (more.length > 0) return refuse(`"${reference}" has more than one colon: ${EXPECTED}`)
  if (first === '' || second === '') return refuse(`"${reference}" has an empty part: ${EXPECTED}`)
  if (second !== undefined && first.split('/').some((part) => part === '')) {
    return refuse(`"${reference}" has an empty part: ${EXPECTED}`)
  }
  if (second !== undefined && first.split('/').length > 2) {
    return refuse(`"${reference}" names no repository: ${EXPECTED}`)
  }
  return read(reference)
}
