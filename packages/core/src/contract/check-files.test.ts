import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createNodeFiles } from '../node/files.ts'
import { parseYaml } from '../on-demand.ts'
import { checkFiles } from './check-files.ts'
import type { InputId } from './inputs.ts'
import { spell } from './names.ts'
import { parseInputs, type RawInputs } from './parse-inputs.ts'
import { toRunRequest } from './request.ts'

const files = createNodeFiles()
const yaml = { parse: async (text: string) => parseYaml(text) }
const SECRET = 'tok-4f9a7c21'
let cwd = ''

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'check-files-'))
  const write = (name: string, content: string | Uint8Array, mode = 0o644) =>
    writeFile(join(cwd, name), content, { mode })
  await mkdir(join(cwd, 'folder'))
  await write('prompt.md', '- Fix the bug: 💥\n')
  await write('empty.md', '')
  await write('blank.md', ' \n\t\n')
  await write('latin1.md', Buffer.from([0x66, 0xfc, 0x72]))
  await write('utf16.md', Buffer.from('\ufefffix', 'utf16le'))
  await write('binary.md', Buffer.from([0x41, 0, 0x42]))
  await write('oz', '#!/bin/sh\n', 0o755)
  await write('oz.txt', '#!/bin/sh\n')
  await chmod(join(cwd, 'oz'), 0o755)
  await symlink('loop', join(cwd, 'loop'))
  await symlink('prompt.md', join(cwd, 'link.md'))
  await write('mcp.json', `{"linear": {"env": {"TOKEN": "${SECRET}"}}}`)
  await write('broken.json', `{\n  "linear": {"env": {"TOKEN": ${SECRET}}}\n}`)
  await write('list.json', `["${SECRET}"]`)
  await write('good.yaml', 'name: nightly\nmodel_id: auto\ncomputer_use_enabled: false\nmcp_servers: {}\n')
  await write(
    'good.json',
    '{"base_prompt": "be brief", "host": "w1", "environment_id": "e", "runner_id": "r"}',
  )
  await write('typo.yaml', 'model: auto\nnam: x\nzebra: 1\n')
  await write('types.yaml', `name: [${SECRET}]\ncomputer_use_enabled: "yes"\n`)
  await write('scalar.yaml', 'just words\n')
  await write('broken.yaml', `name: "${SECRET}\nhost: [\n`)
  await write('twice.yaml', 'name: a\nname: b\n')
  await write('broken-config.json', `{"name": "a",}`)
})

afterAll(() => rm(cwd, { recursive: true, force: true }))

async function problemsOf(raw: RawInputs): Promise<string[]> {
  const { values, nameOf, problems } = parseInputs(raw, (id: InputId) => spell(id, 'snake'))
  expect(problems).toEqual([])
  const checked = await checkFiles(toRunRequest(values), { files, yaml, cwd }, nameOf)
  return checked.problems.map(({ name, message }) => `${name}: ${message.replaceAll(cwd, '<cwd>')}`)
}

const ROWS: Record<string, { given: RawInputs; problems: string[] }> = {
  'no file is named': { given: { prompt: 'x' }, problems: [] },
  'a prompt file': { given: { prompt_file: 'prompt.md' }, problems: [] },
  'a prompt file behind a link': { given: { prompt_file: 'link.md' }, problems: [] },
  'no such prompt file': {
    given: { prompt_file: 'nope.md' },
    problems: ['prompt_file: "nope.md" does not exist (looked for "<cwd>/nope.md")'],
  },
  'a missing file by its absolute path': {
    given: { prompt_file: '/nope/x.md' },
    problems: ['prompt_file: "/nope/x.md" does not exist'],
  },
  'a tilde': {
    given: { prompt_file: '~/p.md' },
    problems: [
      'prompt_file: "~/p.md" does not exist: ~ stands for the home folder only in a shell, write the path out',
    ],
  },
  'a prompt file that is a folder': {
    given: { prompt_file: 'folder' },
    problems: ['prompt_file: "folder" is a folder: expected a file'],
  },
  'a device as prompt file': {
    given: { prompt_file: '/dev/null' },
    problems: ['prompt_file: "/dev/null" is neither a file nor a folder: expected a file'],
  },
  'an empty prompt file': {
    given: { prompt_file: 'empty.md' },
    problems: ['prompt_file: "empty.md" is empty'],
  },
  'a prompt file of white space': {
    given: { prompt_file: 'blank.md' },
    problems: ['prompt_file: "blank.md" is empty'],
  },
  'a prompt file in Latin-1': {
    given: { prompt_file: 'latin1.md' },
    problems: ['prompt_file: "latin1.md" is not valid UTF-8: expected text, saved as UTF-8'],
  },
  'a prompt file in UTF-16': {
    given: { prompt_file: 'utf16.md' },
    problems: ['prompt_file: "utf16.md" is UTF-16: save it as UTF-8'],
  },
  'a binary prompt file': {
    given: { prompt_file: 'binary.md' },
    problems: ['prompt_file: "binary.md" holds NUL characters: expected text'],
  },
  'links in a circle': {
    given: { prompt_file: 'loop' },
    problems: ['prompt_file: "loop" cannot be read: its links lead in a circle (ELOOP)'],
  },
  'a file used as a folder': {
    given: { prompt_file: 'prompt.md/x' },
    problems: ['prompt_file: "prompt.md/x" does not exist (looked for "<cwd>/prompt.md/x")'],
  },
  'a working folder': { given: { prompt: 'x', cwd: 'folder' }, problems: [] },
  'no such working folder': {
    given: { prompt: 'x', cwd: 'nope' },
    problems: ['cwd: "nope" does not exist (looked for "<cwd>/nope")'],
  },
  'a working folder that is a file': {
    given: { prompt: 'x', cwd: 'prompt.md' },
    problems: ['cwd: "prompt.md" is a file: expected a folder'],
  },
  'an executable in the home folder, which the search for a CLI looks at': {
    given: { prompt: 'x', oz_path: '~/bin/oz' },
    problems: [],
  },
  'an executable': { given: { prompt: 'x', oz_path: 'oz' }, problems: [] },
  'no such executable': {
    given: { prompt: 'x', oz_path: './no-oz' },
    problems: ['oz_path: "./no-oz" does not exist (looked for "<cwd>/no-oz")'],
  },
  'an executable without the right to run': {
    given: { prompt: 'x', oz_path: 'oz.txt' },
    problems: ['oz_path: "oz.txt" may not be executed: run chmod +x on it, or name the executable itself'],
  },
  'a folder as executable': {
    given: { prompt: 'x', oz_path: 'folder' },
    problems: ['oz_path: "folder" is a folder: expected a file'],
  },
  'an MCP file': { given: { prompt: 'x', mcp: './mcp.json' }, problems: [] },
  'an MCP id is no file': { given: { prompt: 'x', mcp: 'linear' }, problems: [] },
  'several wrong MCP files': {
    given: { prompt: 'x', mcp: 'broken.json\nlist.json\nnope.json' },
    problems: [
      'mcp: "broken.json" does not parse as JSON at line 2, column 31',
      'mcp: "list.json" holds no JSON object',
      'mcp: "nope.json" does not exist (looked for "<cwd>/nope.json")',
    ],
  },
  'a YAML configuration': { given: { prompt: 'x', config_file: 'good.yaml' }, problems: [] },
  'a JSON configuration': { given: { prompt: 'x', config_file: 'good.json' }, problems: [] },
  'unknown keys in the configuration': {
    given: { prompt: 'x', config_file: 'typo.yaml' },
    problems: [
      'config_file: "typo.yaml" has wrong settings: there is no key "model" (did you mean "model_id"?); there is no key "nam" (did you mean "name"?); there is no key "zebra" (known are name, environment_id, runner_id, model_id, base_prompt, mcp_servers, host, computer_use_enabled)',
    ],
  },
  'settings of the wrong type': {
    given: { prompt: 'x', config_file: 'types.yaml' },
    problems: [
      'config_file: "types.yaml" has wrong settings: "name" must be a string; "computer_use_enabled" must be a boolean',
    ],
  },
  'a configuration of bare words': {
    given: { prompt: 'x', config_file: 'scalar.yaml' },
    problems: [
      'config_file: "scalar.yaml" holds no mapping: expected keys out of name, environment_id, runner_id, model_id, base_prompt, mcp_servers, host, computer_use_enabled',
    ],
  },
  'a configuration with broken YAML': {
    given: { prompt: 'x', config_file: 'broken.yaml' },
    problems: ['config_file: "broken.yaml" does not parse as YAML at line 3, column 1 (missing char)'],
  },
  'a key given twice': {
    given: { prompt: 'x', config_file: 'twice.yaml' },
    problems: ['config_file: "twice.yaml" does not parse as YAML at line 2, column 1 (duplicate key)'],
  },
  'a configuration with broken JSON': {
    given: { prompt: 'x', config_file: 'broken-config.json' },
    problems: ['config_file: "broken-config.json" does not parse as JSON at line 1, column 14'],
  },
  'an empty configuration': {
    given: { prompt: 'x', config_file: 'empty.md' },
    problems: ['config_file: "empty.md" is empty'],
  },
  'several inputs at once': {
    given: { prompt_file: 'empty.md', cwd: 'nope', oz_path: 'oz.txt', config_file: 'folder' },
    problems: [
      'prompt_file: "empty.md" is empty',
      'config_file: "folder" is a folder: expected a file',
      'cwd: "nope" does not exist (looked for "<cwd>/nope")',
      'oz_path: "oz.txt" may not be executed: run chmod +x on it, or name the executable itself',
    ],
  },
}

test.each(Object.entries(ROWS))('%s', async (_, { given, problems }) => {
  const found = await problemsOf(given)
  expect(found).toEqual(problems)
  expect(found.join('\n')).not.toContain(SECRET)
})

test('a problem is told by the name that its user typed', async () => {
  const { values, nameOf } = parseInputs({ 'prompt-file': 'nope' }, (id) => spell(id, 'snake'))
  const { problems } = await checkFiles(toRunRequest(values), { files, yaml, cwd }, nameOf)
  expect(problems.map(({ name }) => name)).toEqual(['prompt-file'])
})
