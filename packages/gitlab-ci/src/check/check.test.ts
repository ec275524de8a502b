import { expect, test } from 'vitest'
import { renderTemplate } from '../template/template.ts'
import { templateOptions } from '../testing/fakes.ts'
import { checkRepository } from './check.ts'

const TEMPLATE = '.gitlab/oz-agent/template.yml'
const prefix = `.gitlab-ci.yml: \`/${TEMPLATE}\`: `

async function check(config: string): Promise<readonly string[]> {
  const files: Record<string, string> = {
    '.gitlab-ci.yml': config,
    [TEMPLATE]: renderTemplate(templateOptions()),
  }
  const read = async (path: string) => (files[path] === undefined ? undefined : Buffer.from(files[path]))
  const write = () => Promise.reject(new Error('nothing is written'))
  return checkRepository({ exists: async () => true, read, write }, ['.gitlab-ci.yml'])
}

const include = (inputs: string) => `include:\n  - local: /${TEMPLATE}\n    inputs: ${inputs}\n`

test.for<[string, string, string[]]>([
  ['right inputs', include('{ prompt: Do it, cloud: true }'), []],
  ['an include without inputs', `include: /${TEMPLATE}\n`, []],
  ['includes of other places', 'include:\n  - remote: https://example.com/x.yml\n  - template: A.yml\n', []],
  ['a reference', 'a:\n  script: [b]\nc:\n  script: !reference [a, script]\n', []],
  ['a misspelt input', include('{ promt: x }'), [`${prefix}unknown input arguments: promt`]],
  [
    'a wrong duration',
    include('{ timeout: soon }'),
    [`${prefix}\`timeout\` input: provided value does not match required RegEx pattern`],
  ],
  [
    'times that do not fit each other',
    include('{ job_timeout: 30m }'),
    [
      `${prefix}jobs:oz-agent 56m of script and 2m of after_script do not fit 30m of the job: GitLab would skip after_script, and the run would stay open`,
    ],
  ],
  [
    'a file that is not there',
    'include: /nope.yml\n',
    ['.gitlab-ci.yml: Local file `/nope.yml` does not exist!'],
  ],
])('%s', async ([, config, problems]) => {
  expect(await check(config)).toEqual(problems)
})

test('YAML that does not parse is told with its place', async () => {
  expect((await check('a: [b\n')).join()).toContain('line 2')
})
