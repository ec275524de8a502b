import { expect, test } from 'vitest'
import type { Repository } from '../generator/plan.ts'
import { renderTemplate } from '../template/template.ts'
import { templateOptions } from '../testing/fakes.ts'
import { checkRepository } from './check.ts'

const TEMPLATE = '.gitlab/oz-agent/template.yml'
const prefix = `.gitlab-ci.yml: \`/${TEMPLATE}\`: `

async function check(config: string, more: Record<string, string> = {}): Promise<readonly string[]> {
  const files: Record<string, string> = {
    '.gitlab-ci.yml': config,
    [TEMPLATE]: renderTemplate(templateOptions()),
    ...more,
  }
  const repository: Repository = {
    exists: async () => true,
    outerRoot: async () => undefined,
    read: async (path) => (files[path] === undefined ? undefined : Buffer.from(files[path])),
    list: async (folder) => Object.keys(files).filter((path) => path.startsWith(folder)),
    remove: () => Promise.reject(new Error('nothing is removed')),
    write: () => Promise.reject(new Error('nothing is written')),
  }
  return checkRepository(repository, ['.gitlab-ci.yml'])
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

const WRONG = `/${TEMPLATE}\`: unknown input arguments: promt`
const wrongInclude = include('{ promt: x }')
const second = (inputs: string) => `  - local: /${TEMPLATE}\n    inputs: ${inputs}\n`

interface Row {
  readonly name: string
  readonly config: string
  readonly files?: Record<string, string>
  readonly problems: readonly string[]
}

test.for<Row>([
  {
    name: 'a file that is included by wildcard',
    config: 'include: /ci/*.yml\n',
    files: { 'ci/a.yml': wrongInclude, 'ci/b/c.yml': 'a: [' },
    problems: [`ci/a.yml: \`${WRONG}`],
  },
  {
    name: 'files in all folders',
    config: 'include: /ci/**.yml\n',
    files: { 'ci/a/b/c.yml': wrongInclude },
    problems: [`ci/a/b/c.yml: \`${WRONG}`],
  },
  {
    name: 'an include within an include',
    config: 'include: { local: ci/a.yml }\n',
    files: { 'ci/a.yml': 'include: /ci/b.yml\n', 'ci/b.yml': wrongInclude },
    problems: [`ci/b.yml: \`${WRONG}`],
  },
  {
    name: 'a file that includes itself',
    config: 'include: /a.yml\n',
    files: { 'a.yml': 'include: /a.yml\n' },
    problems: ['a.yml: Maximum of 150 nested includes are allowed!'],
  },
  {
    name: 'the include of a child pipeline',
    config: 'child:\n  trigger:\n    include:\n      - local: /ci/child.yml\n',
    files: { 'ci/child.yml': wrongInclude },
    problems: [`ci/child.yml: \`${WRONG}`],
  },
  {
    name: 'the inputs that a child pipeline gets',
    config: `child:\n  trigger:\n    ${wrongInclude.replaceAll('\n', '\n    ')}\n`,
    problems: [`.gitlab-ci.yml: \`${WRONG}`],
  },
  {
    name: 'a stage of the template that the pipeline does not have',
    config: `stages: [build, deploy]\n${include('{ prompt: x }')}`,
    problems: [
      '.gitlab-ci.yml: oz-agent job: chosen stage test does not exist; available stages are .pre, build, deploy, .post',
    ],
  },
  {
    name: 'a stage that is inherited',
    config: '.base: { stage: review }\na: { extends: .base, script: [b] }\n',
    problems: [
      '.gitlab-ci.yml: a job: chosen stage review does not exist; available stages are .pre, build, test, deploy, .post',
    ],
  },
  {
    name: 'stages that something from elsewhere may add',
    config: `stages: [build]\n${include('{ prompt: x }')}  - template: More.yml\n`,
    problems: [],
  },
  {
    name: 'the template twice with one name',
    config: include('{ prompt: x }') + second('{ prompt: y }'),
    problems: [
      `.gitlab-ci.yml: jobs:oz-agent comes from several includes (\`/${TEMPLATE}\`, \`/${TEMPLATE}\`): GitLab merges them into one job; give each a name of its own, such as with the input job_name`,
    ],
  },
  {
    name: 'the template twice with two names',
    config: include('{ prompt: x }') + second('{ prompt: y, job_name: other }'),
    problems: [],
  },
  {
    name: 'a job of the template that the pipeline adds to',
    config: `${include('{ prompt: x }')}oz-agent: { tags: [docker] }\n`,
    problems: [],
  },
  {
    name: 'a shorter timeout that the pipeline sets for the job',
    config: `${include('{ prompt: x }')}oz-agent: { timeout: 10m }\n`,
    problems: [
      '.gitlab-ci.yml: jobs:oz-agent 56m of script and 2m of after_script do not fit 10m of the job: GitLab would skip after_script, and the run would stay open',
    ],
  },
  {
    name: 'a timeout that no form should take long for',
    config: include(`{ timeout: '${'1'.repeat(30)}x' }`),
    problems: [`${prefix}\`timeout\` input: provided value does not match required RegEx pattern`],
  },
])('what is wrong is found: $name', async ({ config, files, problems }) => {
  expect(await check(config, files)).toEqual(problems)
})
