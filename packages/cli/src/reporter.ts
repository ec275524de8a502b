import { type OutputValues, spell } from '@oz-agent/core'

/**
 * The outputs as `key=value` lines, one each. Backslashes and line breaks are escaped (`\\`, `\n`, `\r`), as readers of
 * `.properties` files (Jenkins' `readProperties`) expect: no value can forge a line. Pure.
 */
export function renderOutputs(outputs: OutputValues): string {
  const lines = Object.entries(outputs).map(([id, value]) => `${spell(id, 'snake')}=${escaped(value)}\n`)
  return lines.join('')
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\r', '\\r').replaceAll('\n', '\\n')
}
