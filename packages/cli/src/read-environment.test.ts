import type { Environment, RawInputs } from '@oz-agent/core'
import { expect, test } from 'vitest'
import { readEnvironment } from './options.ts'

const ROWS: Record<string, [Environment, flags: RawInputs, inputs: RawInputs]> = {
  'nothing given': [{ PATH: '/bin' }, {}, {}],
  'an input': [{ OZ_AGENT_PROMPT_FILE: 'p.md' }, {}, { OZ_AGENT_PROMPT_FILE: 'p.md' }],
  'a flag wins': [{ OZ_AGENT_MODEL: 'a' }, { '--model': 'b' }, {}],
  'an empty variable is not given': [{ OZ_AGENT_MODEL: ' ' }, {}, {}],
  'a near miss is handed on, to be reported': [{ OZ_AGENT_PROMT: 'x' }, {}, { OZ_AGENT_PROMT: 'x' }],
  "somebody else's variable": [{ OZ_AGENT_INTERNAL_STATE: 'x' }, {}, {}],
}

test.each(Object.entries(ROWS))('%s', (_, [env, flags, inputs]) => {
  expect(readEnvironment(env, flags)).toEqual(inputs)
})
