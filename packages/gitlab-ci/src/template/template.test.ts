import { expect, test } from 'vitest'
import { templateOptions } from '../testing/fakes.ts'
import type { Trigger } from './options.ts'
import { renderTemplate } from './template.ts'
import { FEATURES, type FeatureName, parseVersion } from './versions.ts'

/** What only stands in a template when GitLab knows the feature. */
const TRACES: Partial<Record<FeatureName, RegExp>> = {
  annotations: /annotations: \$OZ_RESULT_FOLDER/,
  scriptTimeouts: /RUNNER_SCRIPT_TIMEOUT:/,
  typedInputs: /type: boolean/,
  inputDescriptions: /^ {6}description:/m,
  inputRegex: /^ {6}regex:/m,
  inputOptions: /^ {6}options:/m,
  arrayInputs: /type: array/,
  retryExitCodes: /exit_codes:/,
}

test.for(Object.entries(TRACES))(
  '%s stands in a template from its version on, not before',
  ([name, trace]) => {
    const since = parseVersion(FEATURES[name as FeatureName].since) ?? { major: 0, minor: 0 }
    const before =
      since.minor === 0 ? { major: since.major - 1, minor: 11 } : { ...since, minor: since.minor - 1 }
    expect(renderTemplate(templateOptions({ version: since }))).toMatch(trace)
    expect(renderTemplate(templateOptions({ version: before }))).not.toMatch(trace)
  },
)

test('the same options give the same bytes', () => {
  expect(renderTemplate(templateOptions())).toBe(renderTemplate(templateOptions()))
})

test('no line of script holds an input, so no value meets a shell', () => {
  for (const program of [templateOptions().program, { kind: 'image', path: '/opt/oz.mjs' } as const]) {
    const text = renderTemplate(templateOptions({ program }))
    const scripts = text.slice(text.indexOf('\n  script:'), text.indexOf('\n  artifacts:'))
    expect(scripts).not.toContain('$[[')
    expect(scripts).toContain('node "$OZ_PROGRAM"')
  }
})

test.for<[name: string, value: string, isDuration: boolean]>([
  ['nothing', '', true],
  ['minutes', '30', true],
  ['parts', '1h 30m', true],
  ['a fraction', '1.5h', true],
  ['words', 'soon', false],
  ['thirty digits and a letter that is no unit', `${'1'.repeat(30)}x`, false],
])('the form of a duration takes %s or refuses it at once', ([, value, isDuration]) => {
  const forms = [...renderTemplate(templateOptions()).matchAll(/^ {6}regex: '?(.*?)'?$/gm)].map(
    (found) => found[1],
  )
  const form = forms.find((one) => one?.includes('ms|s|m|h|d')) ?? ''
  const started = performance.now()
  expect(new RegExp(form).test(value)).toBe(isDuration)
  expect(performance.now() - started).toBeLessThan(1_000)
})

test('a prompt in a file is offered first, and the limit of a text is told', () => {
  const text = renderTemplate(templateOptions())
  expect(text.indexOf('prompt_file:')).toBeLessThan(text.indexOf('    prompt:'))
  expect(text).toMatch(/ {4}prompt:\n {6}description: .*under 1 KB/)
})

test('the program is found from whatever folder a before_script leaves', () => {
  expect(renderTemplate(templateOptions())).toContain(
    'OZ_PROGRAM: $CI_PROJECT_DIR/.gitlab/oz-agent/oz-agent.mjs',
  )
})

test('certificates that the user has named for all jobs are kept', () => {
  const text = renderTemplate(templateOptions())
  expect(text).not.toMatch(/^ {4}NODE_EXTRA_CA_CERTS:/m)
  expect(text).toContain('NODE_EXTRA_CA_CERTS="${NODE_EXTRA_CA_CERTS:-${CI_SERVER_TLS_CA_FILE:-}}" node')
})

test.for<[name: string, trigger: Trigger, rule: string]>([
  ['a job that waits for a person blocks no pipeline', 'manual', '- when: manual\n {10}allow_failure: true'],
  ['a child pipeline', 'child', `- if: \\$CI_PIPELINE_SOURCE == "parent_pipeline"`],
])('rules: %s', ([, trigger, rule]) => {
  expect(renderTemplate(templateOptions({ triggers: [trigger] }))).toMatch(new RegExp(rule))
})

test('no merge request gets a second pipeline by default', () => {
  expect(renderTemplate(templateOptions())).not.toContain('merge_request_event')
  expect(renderTemplate(templateOptions({ triggers: ['merge-request'] }))).toContain('merge_request_event')
})

test('of default: the job takes nothing that was written for other jobs', () => {
  const text = renderTemplate(templateOptions())
  expect(text).toMatch(/ {2}inherit:.*\n {4}default:\n {6}- services\n {6}- tags\n/)
})

test('the job may be allowed to fail', () => {
  const text = renderTemplate(templateOptions())
  expect(text).toMatch(/ {4}allow_failure:\n {6}description: .*\n {6}type: boolean\n {6}default: false/)
  expect(text).toContain('\n  allow_failure: $[[ inputs.allow_failure ]]\n')
})

test.for([
  ['16.11', true],
  ['17.0', false],
] as const)('a template for GitLab %s tells that a cancel runs no after_script: %s', ([version, tells]) => {
  const text = renderTemplate(templateOptions({ version: parseVersion(version) ?? { major: 0, minor: 0 } }))
  expect(text.includes('a cancelled job runs no after_script')).toBe(tells)
})

test('secrets are no inputs, and no value of an input is expanded', () => {
  const text = renderTemplate(templateOptions())
  expect(text).not.toMatch(/^ {4}(warp_api_key|mask):/m)
  const handedOver = text.split('\n').filter((line) => line.includes('OZ_INPUT_'))
  expect(handedOver.length).toBeGreaterThan(25)
  for (const line of handedOver) expect(line).toMatch(/expand: false }$/)
})

test('an agent that writes waits for its turn and is not interrupted', () => {
  const text = renderTemplate(templateOptions({ writes: true }))
  expect(text).toContain('resource_group: $[[ inputs.resource_group ]]')
  expect(text).toMatch(/interruptible:\n {6}description: .*\n {6}type: boolean\n {6}default: false/)
})
