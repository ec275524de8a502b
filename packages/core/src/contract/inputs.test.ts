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
