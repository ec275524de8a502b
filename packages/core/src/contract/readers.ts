import { type Reading, read, refuse } from './kinds.ts'
import { quote } from './quote.ts'

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
