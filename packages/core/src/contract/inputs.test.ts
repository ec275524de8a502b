import { expect, test } from 'vitest'
import type { InputId } from './inputs.ts'
import { spell } from './names.ts'
import { parseInputs, type RawInputs } from './parse-inputs.ts'
import type { RawValue } from './values.ts'

function parse(raw: RawInputs) {
  const parsed = parseInputs(raw, (id: InputId) => spell(id, 'snake'))
  return { ...parsed, told: parsed.problems.map(({ name, message }) => `${name}: ${message}`) }
}

const SUM = 'ab'.repeat(32)
const TAG = 'v0.2026.08.19.08.14.stable_01'
const ROWS: Record<string, [InputId, RawValue, unknown]> = {
  'a prompt is kept to the letter': ['prompt', '  - a\n`b` $(c) "d"\n', '  - a\n`b` $(c) "d"\n'],
  'a prompt of white space is none': ['prompt', ' \n\t', undefined],
  'a number for a name': ['name', 42, '42'],
  'an id loses surrounding space': ['savedPrompt', ' abc \n', 'abc'],
  true: ['cloud', 'true', true],
  False: ['summary', 'False', false],
  'TRUE with space': ['debug', ' TRUE ', true],
  'a real truth value': ['allowEmpty', true, true],
  'an empty truth value is its default': ['wait', '', true],
  'computer use is left open': ['computerUse', '', undefined],
  'computer use is forbidden': ['computerUse', 'false', false],
  'a channel': ['ozChannel', 'preview', 'preview'],
  'a synonym of a format': ['outputFormat', 'ndjson', 'json'],
  'another synonym of a format': ['outputFormat', 'pretty', 'text'],
  'an environment policy': ['envPolicy', 'minimal', 'minimal'],
  'a number is minutes': ['timeout', 30, 1_800_000],
  'a duration of zero': ['timeout', '0', 0],
  'the default of a duration': ['startupTimeout', null, 300_000],
  latest: ['ozVersion', ' latest ', 'latest'],
  'a release tag': ['ozVersion', TAG, TAG],
  'a release tag without its v': ['ozVersion', TAG.slice(1), TAG],
  'a checksum': ['ozSha256', SUM, SUM],
  'a checksum in upper case': ['ozSha256', SUM.toUpperCase(), SUM],
  'a checksum with its prefix': ['ozSha256', `sha256:${SUM}`, SUM],
  'a mirror': ['ozDownloadUrl', 'https://mirror.example.com/warp/', 'https://mirror.example.com/warp'],
  'a mirror without a path': [
    'ozDownloadUrl',
    'http://mirror.example.com:8080',
    'http://mirror.example.com:8080',
  ],
  'a signed archive': [
    'ozDownloadUrl',
    'https://mirror.example.com/oz.tar.gz?sig=a%2Fb',
    'https://mirror.example.com/oz.tar.gz?sig=a%2Fb',
  ],
  'a skill': ['skill', ' review-pr ', 'review-pr'],
  'a skill of a repository': ['skill', 'tools:review', 'tools:review'],
  'a skill of an organisation': ['skill', 'org/tools:review', 'org/tools:review'],
  'a skill by its path': ['skill', '.agents/skills/review/SKILL.md', '.agents/skills/review/SKILL.md'],
  'a skill by its path in a repository': [
    'skill',
    'org/tools:skills/a/SKILL.md',
    'org/tools:skills/a/SKILL.md',
  ],
  'a skill by a path of Windows': ['skill', 'C:\\skills\\SKILL.md', 'C:\\skills\\SKILL.md'],
  'names of variables, each once': ['passEnv', 'CI\nNPM_TOKEN, CI', ['CI', 'NPM_TOKEN']],
  'names of variables as a list': ['passEnv', ['CI', '_x'], ['CI', '_x']],
  'secrets keep their commas': ['mask', 'a,b\nc d', ['a,b', 'c d']],
  'secrets as a list': ['mask', ['a', 7], ['a', '7']],
  'a secret over lines in a list': ['mask', ['-----BEGIN\nxx\n-----END'], ['-----BEGIN\nxx\n-----END']],
}
test.each(Object.entries(ROWS))('%s', (_, [id, raw, value]) => {
  const { values, told } = parse({ [id]: raw })
  expect(told).toEqual([])
  expect(values[id]).toEqual(value)
})

const SKILL = 'expected name, repo:name or org/repo:name, where name may be a path to a SKILL.md'
const VERSION = 'expected latest or a release tag such as v0.2026.08.19.08.14.stable_01'
const URL = 'expected an http or https URL such as https://mirror.example.com/warp'
const WRONG: Record<string, [string, RawValue, string[]]> = {
  'a NUL in a prompt': ['prompt', 'a\0b', ['expected text without NUL characters']],
  'a list for a text': ['prompt', ['a', 'b'], ['expected one value, got a list']],
  'an object for a text': ['model', { id: 'auto' }, ['expected one value, got an object']],
  'a number that lost digits': [
    'conversation',
    2 ** 60,
    ['is a number too large to be kept exactly: put it in quotes'],
  ],
  'several lines for an id': ['model', 'a\nb', ['expected one line of text, got several']],
  'several lines for a key': ['warp_api_key', 'wk-1\nwk-2', ['expected one line of text, got several']],
  yes: ['cloud', 'yes', ['expected true or false, got "yes"']],
  '1': ['debug', 1, ['expected true or false, got "1"']],
  'mixed case': ['debug', 'tRUE', ['expected true or false, got "tRUE"']],
  'a near miss of a channel': [
    'oz_channel',
    'stabel',
    ['expected one of stable, preview, dev, got "stabel". Did you mean "stable"?'],
  ],
  'a channel in upper case': [
    'oz_channel',
    'DEV',
    ['expected one of stable, preview, dev, got "DEV". Did you mean "dev"?'],
  ],
  'an unknown channel': ['oz_channel', 'nightly', ['expected one of stable, preview, dev, got "nightly".']],
  'a word that every object knows': [
    'oz_channel',
    'constructor',
    ['expected one of stable, preview, dev, got "constructor".'],
  ],
  'another word that every object knows': [
    'output_format',
    '__proto__',
    ['expected one of text, json, got "__proto__".'],
  ],
  'an unknown format': ['output_format', 'yaml', ['expected one of text, json, got "yaml".']],
  'a near miss of a policy': [
    'env_policy',
    'inherrit',
    ['expected one of scrub, inherit, minimal, got "inherrit". Did you mean "inherit"?'],
  ],
  'a malformed duration': [
    'timeout',
    '5 minuts',
    ['expected a duration such as 30m, 90s or 1h30m (a bare number is minutes, 0 is none), got "5 minuts"'],
  ],
  'a negative duration': [
    'startup_timeout',
    -1,
    ['expected a duration such as 30m, 90s or 1h30m (a bare number is minutes, 0 is none), got "-1"'],
  ],
  'a duration beyond every timer': ['timeout', '1000h', ['expected at most 596h31m23s647ms, got "1000h"']],
  'a version in words': ['oz_version', 'newest', [`${VERSION}, got "newest"`]],
  'a version in upper case': ['oz_version', 'LATEST', [`${VERSION}, got "LATEST"`]],
  'a version with a path in it': ['oz_version', 'v0.1/../x', [`${VERSION}, got "v0.1/../x"`]],
  'a checksum too short': ['oz_sha256', 'abc', ['expected 64 hexadecimal digits, got "abc"']],
  'a checksum of another kind': [
    'oz_sha256',
    'f'.repeat(128),
    [`expected 64 hexadecimal digits, got "${'f'.repeat(100)}…"`],
  ],
  'no URL': ['oz_download_url', 'mirror.example.com', [URL]],
  'another scheme, with a password': ['oz_download_url', 'ftp://ci:hunter2@mirror.example.com', [URL]],
  'a file URL': ['oz_download_url', 'file:///srv/mirror', [URL]],
  'a URL with a fragment': [
    'oz_download_url',
    'https://mirror.example.com/#hunter2',
    ['expected a URL without #'],
  ],
  'a skill with an empty name': ['skill', 'repo:', [`"repo:" has an empty part: ${SKILL}`]],
  'a skill with an empty repository': ['skill', ':review', [`":review" has an empty part: ${SKILL}`]],
  'a skill with an empty organisation': [
    'skill',
    '/repo:review',
    [`"/repo:review" has an empty part: ${SKILL}`],
  ],
  'a skill with too many parts': ['skill', 'a/b/c:review', [`"a/b/c:review" names no repository: ${SKILL}`]],
  'a skill with two colons': ['skill', 'a:b:c', [`"a:b:c" has more than one colon: ${SKILL}`]],
  'a skill with a space': [
    'skill',
    'repo: review',
    [`"repo: review" has a space beside its colon: ${SKILL}`],
  ],
  'a skill by its URL': ['skill', 'https://example.com/x', [`"https://example.com/x" is a URL: ${SKILL}`]],
  'two skills': ['skill', 'a\nb', [`"a\\nb" is more than one line: ${SKILL}`]],
  'a variable with its value': [
    'pass_env',
    'TOKEN=hunter2',
    ['"TOKEN" is no name of an environment variable: give the name alone, without a value'],
  ],
  'names of no variables, together': [
    'pass_env',
    '1X, $HOME, CI',
    [
      '"1X" is no name of an environment variable: expected letters, digits and _',
      '"$HOME" is no name of an environment variable: expected letters, digits and _',
    ],
  ],
  'an object among secrets': [
    'mask',
    [{ a: 'hunter2' }],
    [
      'entry 1: expected text, got an object (in YAML a colon with a space after it makes one: put the entry in quotes)',
    ],
  ],
  'a long value is cut': [
    'oz_channel',
    'é'.repeat(500),
    [`expected one of stable, preview, dev, got "${'é'.repeat(100)}…".`],
  ],
  'a forged log line is spelled out': [
    'oz_channel',
    'x\r\n::error::y\u001b[1m',
    ['expected one of stable, preview, dev, got "x\\r\\n::error::y\\u001b[1m".'],
  ],
}
test.each(Object.entries(WRONG))('%s', (_, [name, raw, messages]) => {
  const { told } = parse({ [name]: raw })
  expect(told).toEqual(messages.map((message) => `${name}: ${message}`))
  expect(told.join()).not.toContain('hunter2')
})
