import { OUTPUTS, type OutputValues } from '@oz-agent/core'
import { expect, test } from 'vitest'
import { renderOutputs } from './reporter.ts'

const empty = Object.fromEntries(OUTPUTS.map(({ id }) => [id, ''])) as OutputValues

test('every output is one line, also where the agent wrote lines of its own', () => {
  const text = renderOutputs({ ...empty, outcome: 'succeeded', finalMessage: 'done\r\noutcome=failed\n\\n' })
  expect(text.split('\n')).toHaveLength(OUTPUTS.length + 1)
  expect(text).toContain('outcome=succeeded\n')
  expect(text).toContain('final_message=done\\r\\noutcome=failed\\n\\\\n\n')
})
