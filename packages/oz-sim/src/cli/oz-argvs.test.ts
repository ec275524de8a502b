import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Invocation } from './command.ts'
import { ozGrammar } from './grammar.ts'
import { parseArgs } from './parse.ts'

/** What the real parser made of an option: `true` of a bare use, else its values and where they came from. */
type Values = true | readonly string[] | { readonly from: string; readonly values: readonly string[] }

interface Row {
  readonly argv: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly exit: 0 | 2
  /** Whether the parser went on to a command: help and version end with 0 before that. */
  readonly accepted: boolean
  readonly command?: readonly string[]
  readonly values?: Readonly<Record<string, Values>>
}

const { rows }: { rows: readonly Row[] } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures', 'oz-argvs.json'), 'utf8'),
)

const named = rows.map((row): [string, Row] => [
  [JSON.stringify(row.argv), ...(row.env ? [JSON.stringify(row.env)] : [])].join(' with '),
  row,
])

/** The options as the rows write them. A bare use beside others adds nothing. */
function valuesOf({ given }: Invocation): Record<string, Values> {
  const options = [...given].map(([long, uses]): [string, Values] => {
    const values = uses.flatMap(({ value }) => (value === undefined ? [] : [value]))
    if (values.length === 0) return [long, true]
    return [long, uses[0]?.source === 'environment' ? { from: 'environment', values } : values]
  })
  return Object.fromEntries(options)
}

describe('the argument lists that the real parser was run on', () => {
  it('are all there', () => {
    expect(rows.length).toBe(806)
  })

  it.each(named)('%s', (_name, { argv, env = {}, exit, accepted, command, values }) => {
    const result = parseArgs(ozGrammar('oz'), argv, env)
    expect({ exit: result.kind === 'usage-error' ? 2 : 0, accepted: result.kind === 'call' }).toEqual({
      exit,
      accepted,
    })
    if (result.kind !== 'call') return
    expect(result.call.command).toEqual(command)
    expect(valuesOf(result.call)).toEqual(values)
  })
})
