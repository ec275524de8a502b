import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeRunner } from '@oz-agent/test-runners'
import { execa } from 'execa'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { readConfiguration } from '../src/check/includes.ts'
import { checkInputs, interpolate, specHeader } from '../src/check/inputs.ts'
import { componentFiles } from '../src/generator/publish.ts'
import type { TemplateOptions } from '../src/template/options.ts'
import { renderTemplate } from '../src/template/template.ts'
import { parseVersion } from '../src/template/versions.ts'
import { templateOptions } from '../src/testing/fakes.ts'

const EXAMPLES = new URL('../../../examples/gitlab/', import.meta.url)
const VERSIONS = ['16.0', '16.3', '16.4', '16.5', '16.6', '16.11', '17.0', '17.5', '17.9', '18.6']

const OPTIONS: Readonly<Record<string, Partial<TemplateOptions>>> = {
  vendored: {},
  downloaded: {
    program: { kind: 'download', url: 'https://example.com/oz-agent.mjs', sha256: 'b'.repeat(64) },
  },
  'in the image': {
    program: { kind: 'image', path: '/opt/oz-agent/oz-agent.mjs' },
    image: 'example.com/oz@sha256:0',
  },
  'with every option': {
    tags: ['docker', 'linux'],
    triggers: ['merge-request', 'default-branch', 'failure'],
    needs: ['build'],
    writes: true,
    cache: true,
    defaults: { model: 'model-a', cloud: 'true', computer_use: 'false' },
  },
}

describeRunner('check-jsonschema', 'the official schema of GitLab', (checker) => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'oz-gitlab-schema-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const check = (files: readonly string[]) => {
    const schema = ['--builtin-schema', 'vendor.gitlab-ci', '--data-transform', 'gitlab-ci']
    return execa(checker, [...schema, ...files], { reject: false, all: true, stdin: 'ignore' })
  }

  /** Header and body apart, the body with its inputs put in, as GitLab reads them. */
  const split = async (name: string, template: string): Promise<readonly string[]> => {
    const reading = readConfiguration(template)
    if (!reading.ok) throw new Error(reading.problem)
    const { values, errors } = checkInputs(specHeader.parse(reading.header).spec.inputs ?? {}, {})
    expect(errors).toEqual([])
    const body = interpolate(reading.body, values)
    expect(body.errors).toEqual([])
    const parts: [string, unknown][] = [
      ['header', reading.header],
      ['body', body.result],
    ]
    const files = parts.map(([part]) => join(folder, `${name.replaceAll(' ', '-')}.${part}.yml`))
    for (const [index, [, part]] of parts.entries()) await writeFile(files[index] ?? '', stringify(part))
    return files
  }

  test.for(Object.entries(OPTIONS))(
    'a template whose program is %s, for each GitLab version',
    async ([name, parts]) => {
      const files: string[] = []
      for (const text of VERSIONS) {
        const version = parseVersion(text)
        if (version === undefined) throw new Error(text)
        files.push(
          ...(await split(`${name} ${text}`, renderTemplate(templateOptions({ ...parts, version })))),
        )
      }
      const run = await check(files)
      expect(run.all).toMatch(/^ok/)
    },
  )

  test('every example, and the pipeline of a component project', async () => {
    const files: string[] = []
    for (const name of (await readdir(EXAMPLES)).filter((one) => one !== 'README.md')) {
      files.push(fileURLToPath(new URL(`${name}/.gitlab-ci.yml`, EXAMPLES)))
    }
    files.push(
      ...(await split('published', await readFile(new URL('remote/oz-agent.yml', EXAMPLES), 'utf8'))),
    )
    const pipeline = componentFiles('agent', templateOptions()).find(({ path }) => path === '.gitlab-ci.yml')
    files.push(join(folder, 'release.yml'))
    await writeFile(join(folder, 'release.yml'), pipeline?.content ?? '')
    expect(files.length).toBeGreaterThan(10)
    expect((await check(files)).all).toMatch(/^ok/)
  })

  test('a header and a body that are wrong are refused, so the checks above mean something', async () => {
    const header = join(folder, 'header.yml')
    const body = join(folder, 'body.yml')
    await writeFile(header, 'spec:\n  inputs:\n    one:\n      type: text\n')
    await writeFile(body, 'job:\n  script: [a]\n  retry:\n    exit_code: 75\n')
    const run = await check([header, body])
    expect(run.exitCode).toBe(1)
    expect(run.all).toContain('header.yml')
    expect(run.all).toContain('body.yml')
  })
})
