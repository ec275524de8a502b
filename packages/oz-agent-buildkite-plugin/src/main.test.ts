import { expect, it } from 'vitest'
import { jobEnvironment } from './main.ts'

it.each([
  ['is as it was', { PATH: '/bin' }, { PATH: '/bin' }],
  ['gets its NODE_OPTIONS back', { OZ_AGENT_NODE_OPTIONS: '-r tracer' }, { NODE_OPTIONS: '-r tracer' }],
  ['keeps NODE_OPTIONS that are empty', { OZ_AGENT_NODE_OPTIONS: '' }, { NODE_OPTIONS: '' }],
])('the environment of the job %s', (_, env, expected) => {
  expect(jobEnvironment(env)).toEqual(expected)
})
