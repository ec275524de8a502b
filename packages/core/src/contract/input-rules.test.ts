import { describe, expect, test } from 'vitest'
import { spell } from './names.ts'
import { checkInputRules, parseInputs, type RawInputs } from './parse-inputs.ts'

function check(raw: RawInputs, lenient: boolean) {
  const { values, nameOf, problems } = parseInputs(raw, (id) => spell(id, 'snake'))
  expect(problems).toEqual([])
  const found = checkInputRules(values, nameOf, lenient)
  return {
    problems: found.problems.map(({ name, message }) => `${name}: ${message}`),
    warnings: found.warnings,
  }
}

const CLOUD = 'has no effect with cloud: take it out, or take out cloud'
const LOCAL = 'has no effect without cloud: set cloud to true'

/** What is wrong wherever it is, and what the official action only warns about. */
const ROWS: Record<
  string,
  { given: RawInputs; always?: string[]; mild?: [name: string, message: string][] }
> = {
  'a prompt alone': { given: { prompt: 'x' } },
  'a prompt file alone': { given: { prompt_file: 'x' } },
  'a saved prompt alone': { given: { saved_prompt: 'x' } },
  'a skill alone': { given: { skill: 'x' } },
  'a prompt with a skill': { given: { prompt: 'x', skill: 'y' } },
  'a saved prompt with a skill': { given: { saved_prompt: 'x', skill: 'y' } },
  nothing: {
    given: {},
    always: ['prompt: nothing to do: give prompt, prompt_file, saved_prompt or skill'],
  },
  'only white space': {
    given: { prompt: ' \n' },
    always: ['prompt: nothing to do: give prompt, prompt_file, saved_prompt or skill'],
  },
  'a conversation without a prompt': {
    given: { conversation: 'x' },
    always: ['prompt: nothing to do: give prompt, prompt_file, saved_prompt or skill'],
  },
  'two prompts': {
    given: { prompt: 'x', saved_prompt: 'y' },
    always: ['prompt, saved_prompt: exclude each other: give one of them'],
  },
  'a prompt and a file, as typed': {
    given: { prompt: 'x', 'prompt-file': 'y' },
    always: ['prompt, prompt-file: exclude each other: give one of them'],
  },
  'three prompts': {
    given: { prompt: 'x', prompt_file: 'y', saved_prompt: 'z' },
    always: ['prompt, prompt_file, saved_prompt: exclude each other: give one of them'],
  },
  'masks of four characters and more': { given: { prompt: 'x', mask: 'abcd\n12345' } },
  'a mask of several lines, of which some are brackets': {
    given: { prompt: 'x', mask: '{\n"key": "value"\n}' },
  },
  'masks that are too short': {
    given: { prompt: 'x', mask: 'abc\nlong-enough\n7' },
    always: [1, 3].map(
      (entry) =>
        `mask: entry ${entry} has fewer than 4 characters: it would be hidden nowhere, as text that short stands everywhere`,
    ),
  },
  'a cloud run on a host': { given: { prompt: 'x', cloud: true, host: 'w1' } },
  'a cloud run that is not waited for': { given: { prompt: 'x', cloud: true, wait: false } },
  'a host without a cloud run': { given: { prompt: 'x', host: 'w1' }, mild: [['host', LOCAL]] },
  'not waiting without a cloud run': { given: { prompt: 'x', wait: false }, always: [`wait: ${LOCAL}`] },
  'waiting without a cloud run': { given: { prompt: 'x', wait: true } },
  'local inputs with a cloud run': {
    given: { prompt: 'x', cloud: true, cwd: 'a', share: 'me', profile: 'p' },
    mild: [
      ['profile', CLOUD],
      ['cwd', CLOUD],
      ['share', CLOUD],
    ],
  },
  'MCP start-up with a cloud run': {
    given: { prompt: 'x', cloud: true, strict_mcp_startup: true, mcp_startup_timeout: '5s' },
    always: [`strict_mcp_startup: ${CLOUD}`, `mcp_startup_timeout: ${CLOUD}`],
  },
  'MCP start-up that is not strict, with a cloud run': {
    given: { prompt: 'x', cloud: true, strict_mcp_startup: false },
  },
  'a checksum with a path': {
    given: { prompt: 'x', oz_path: '/opt/oz', oz_sha256: 'a'.repeat(64) },
    always: ['oz_sha256: has no effect with oz_path: it checks a download, and nothing is downloaded'],
  },
  'a checksum of a download': { given: { prompt: 'x', oz_sha256: 'a'.repeat(64) } },
}

describe('strict', () => {
  test.each(Object.entries(ROWS))('%s', (_, { given, always = [], mild = [] }) => {
    const found = check(given, false)
    expect(found.problems).toEqual([...mild.map(([name, message]) => `${name}: ${message}`), ...always])
    expect(found.warnings).toEqual([])
  })
})

describe('lenient', () => {
  test.each(Object.entries(ROWS))('%s', (_, { given, always = [], mild = [] }) => {
    const found = check(given, true)
    expect(found.problems).toEqual(always)
    expect(found.warnings).toEqual(mild.map(([name, message]) => `${name} ${message}`))
  })
})
