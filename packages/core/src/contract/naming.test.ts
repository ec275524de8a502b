import { expect, test } from 'vitest'
import { INPUT_IDS } from './inputs.ts'
import { spell, unspell } from './names.ts'
import { OUTPUTS } from './outputs.ts'

test('a name is spelled in snake and kebab case', () => {
  expect(spell('strictMcpStartup', 'snake')).toBe('strict_mcp_startup')
  expect(spell('strictMcpStartup', 'kebab')).toBe('strict-mcp-startup')
  expect(spell('ozSha256', 'snake')).toBe('oz_sha256')
  expect(spell('savedPrompt', 'flag')).toBe('--saved-prompt')
  expect(spell('savedPrompt', 'variable')).toBe('OZ_AGENT_SAVED_PROMPT')
})

test('every name of the contract is read back from each spelling', () => {
  for (const id of [...INPUT_IDS, ...OUTPUTS.map((output) => output.id)]) {
    for (const spelling of ['snake', 'kebab', 'flag', 'variable'] as const) {
      expect(unspell(spell(id, spelling))).toBe(id)
      expect(unspell(spell(id, 'snake').toUpperCase())).toBe(id)
    }
  }
})
