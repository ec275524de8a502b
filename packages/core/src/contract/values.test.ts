import { expect, test } from 'vitest'
import * as z from 'zod'
import { INPUTS } from './inputs.ts'
import { type InputSchema, type RawValue, wholeNumber } from './values.ts'

const share: InputSchema = INPUTS.share.schema

function told(schema: InputSchema, raw: unknown): string[] | undefined {
  return schema.safeParse(raw).error?.issues.map(({ message }) => message)
}

test('a schema yields a value, or undefined when nothing was given', () => {
  expect(share.parse(['me', 'team:edit'])).toEqual([{ kind: 'me' }, { kind: 'team', level: 'edit' }])
  expect(share.parse(null)).toBeUndefined()
})

test('a schema has an issue for each problem', () => {
  expect(told(share, 'everyone, team:own')).toEqual([
    expect.stringMatching(/^"everyone" is no recipient/),
    expect.stringMatching(/^"team:own" has the unknown level/),
  ])
})

test.for<[string, unknown]>([
  ['nothing at all', undefined],
  ['a function', () => 'me'],
  ['a symbol', Symbol('me')],
])('%s is no value of an input', ([, value]) => {
  expect(share.safeParse(value).success).toBe(false)
  expect(INPUTS.prompt.schema.safeParse(value).success).toBe(false)
})

const LIMITS = 'expected a whole number from 1 to 5000'
const NUMBERS: Record<string, [RawValue, number | undefined | string[]]> = {
  'a number': [200, 200],
  'a number as text': [' 200 ', 200],
  'the least': [1, 1],
  'the most': ['5000', 5000],
  'none given': ['', undefined],
  'too small': [0, [LIMITS]],
  'below zero': ['-1', [LIMITS]],
  'too large': ['5001', [LIMITS]],
  'far too large': ['9'.repeat(400), [LIMITS]],
  'a fraction': [1.5, [LIMITS]],
  'a fraction as text': ['1.0', [LIMITS]],
  'an exponent': ['1e3', [LIMITS]],
  hexadecimal: ['0x10', [LIMITS]],
  'a word': ['many', [LIMITS]],
  'a truth value': [true, [LIMITS]],
  'a list': [[1], ['expected one value, got a list']],
}

test.each(Object.entries(NUMBERS))('a whole number: %s', (_, [raw, expected]) => {
  const checked = wholeNumber({ min: 1, max: 5000 }).safeParse(raw)
  expect(checked.success ? checked.data : checked.error.issues.map(({ message }) => message)).toEqual(
    expected,
  )
})

const FORMS: Record<string, [InputSchema, object]> = {
  text: [INPUTS.prompt.schema, { type: 'string' }],
  'a truth value': [INPUTS.cloud.schema, { type: 'boolean' }],
  'a choice': [INPUTS.ozChannel.schema, { type: 'string', enum: ['stable', 'preview', 'dev'] }],
  'a duration': [INPUTS.timeout.schema, { type: ['string', 'number'] }],
  'a whole number': [wholeNumber({ min: 1, max: 9 }), { type: 'integer', minimum: 1, maximum: 9 }],
  'a list': [share, { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] }],
}

test.each(Object.entries(FORMS))(
  'the JSON Schema of %s is the form that users should write',
  (_, [schema, form]) => {
    expect(z.toJSONSchema(schema, { io: 'input' })).toMatchObject(form)
  },
)
