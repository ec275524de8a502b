import { expect, test } from 'vitest'
import { templateOptions } from '../testing/fakes.ts'
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
