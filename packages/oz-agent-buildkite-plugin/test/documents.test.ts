import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readConfiguration } from '../src/inputs/configuration.ts'
import {
  EXAMPLES,
  examplePipelines,
  PLUGIN_FOLDER,
  readmePipelines,
  usesOfPlugin,
} from './support/pipelines.ts'

const manifest = parse(readFileSync(join(PLUGIN_FOLDER, 'plugin.yml'), 'utf8'))
const validate = new Ajv({ allErrors: true, strict: true, strictTypes: false }).compile(
  manifest.configuration,
)

const documents = [
  ...readmePipelines().map(({ line, yaml }) => ({ name: `README, line ${line}`, yaml })),
  ...examplePipelines().map((path) => ({ name: relative(EXAMPLES, path), yaml: readFileSync(path, 'utf8') })),
]

describe('every documented pipeline', () => {
  it('is found', () => {
    expect(readmePipelines().length).toBeGreaterThanOrEqual(4)
    expect(examplePipelines().length).toBeGreaterThanOrEqual(9)
  })

  it.each(documents)('$name has valid options', ({ yaml }) => {
    const uses = usesOfPlugin(yaml)
    expect(uses.length).toBeGreaterThan(0)
    for (const { options } of uses) {
      validate(options)
      expect(validate.errors ?? []).toEqual([])
      const { problems } = readConfiguration({ BUILDKITE_PLUGIN_CONFIGURATION: JSON.stringify(options) })
      expect(problems).toEqual([])
    }
  })
})

describe('the schema of plugin.yml', () => {
  it.each([
    ['an unknown option', { promt: 'x' }],
    ['snake_case', { prompt_file: 'x' }],
    ['an unknown mode', { mode: 'sometimes' }],
    ['a key', { 'warp-api-key': 'wk-1.0123' }],
    ['a value to mask', { mask: ['hunter2!'] }],
    ['too many lines', { 'context-lines': 10 ** 6 }],
    ['a list for a prompt', { prompt: ['x'] }],
  ])('refuses %s', (_, options) => {
    expect(validate(options)).toBe(false)
  })
})
