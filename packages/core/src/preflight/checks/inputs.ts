import type { Check } from '../check.ts'
import { ok, problem } from '../finding.ts'

export const inputs: Check = {
  id: 'inputs',
  group: 'inputs',
  title: 'Inputs',
  async run({ inputProblems }) {
    if (inputProblems.length === 0) return ok('every input is well-formed')
    const list = inputProblems.map(({ name, message }) => `${name}: ${message}`)
    return problem('invalid-input', list.join('\n'), 'Correct the inputs named here.')
  },
}
