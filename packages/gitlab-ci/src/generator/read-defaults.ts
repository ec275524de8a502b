import { didYouMean, parseInputs, spell, unspell } from '@oz-agent/core'
import { contractInputIds } from './input-specs.ts'
import type { OptionReader } from './option-reader.ts'

/** Defaults of contract inputs, by their snake_case names, judged by the contract itself. */
export function readDefaults(options: OptionReader): Readonly<Record<string, string>> {
  const names = contractInputIds().map((id) => spell(id, 'snake'))
  const defaults: Record<string, string> = {}
  for (const pair of options.all('input')) {
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(pair) ?? []
    if (name === '') options.wrong('input', `expected NAME=VALUE, got "${pair}"`)
    else if (name in defaults) options.wrong('input', `${name} is given twice`)
    else if (!names.includes(name)) {
      const secret = unspell(name) === 'warpApiKey' || name === 'mask'
      const why = secret ? 'is a secret: make it a masked CI/CD variable' : 'is no input of a template'
      options.wrong('input', `${name} ${why}.${secret ? '' : didYouMean(name, names)}`)
    } else defaults[name] = value
  }
  const parsed = parseInputs(defaults, (id) => spell(id, 'snake'))
  for (const { name, message } of parsed.problems) options.wrong('input', `${name}: ${message}`)
  return defaults
}
