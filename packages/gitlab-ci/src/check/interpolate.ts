const BLOCK = /\$\[\[\s*(\S.*?)\s*\]\]/g
/** https://docs.gitlab.com/ci/inputs/#specify-functions-to-manipulate-input-values */
const FUNCTIONS = /^(expand_vars|posix_escape|truncate\(\s*\d+\s*,\s*\d+\s*\))$/
const WHOLE = /^\$\[\[\s*(\S.*?)\s*\]\]$/

/** A configuration with its inputs put in, and what GitLab would say against its blocks. */
export interface Interpolation {
  readonly result: unknown
  readonly errors: readonly string[]
}

/**
 * Puts inputs into a configuration as GitLab does: a value that is nothing but a block keeps its type,
 * a block within text becomes text. https://docs.gitlab.com/ci/inputs/
 */
export function interpolate(config: unknown, inputs: Readonly<Record<string, unknown>>): Interpolation {
  const errors = new Set<string>()
  const lookUp = (block: string): unknown => {
    const [access = '', ...functions] = block.split('|').map((part) => part.trim())
    const name = /^inputs\.([\w-]+)$/.exec(access)?.[1]
    if (name === undefined || !(name in inputs)) {
      errors.add(`unknown interpolation key: \`${access.replace(/^inputs\./, '')}\``)
      return ''
    }
    for (const call of functions) {
      if (!FUNCTIONS.test(call)) {
        errors.add(
          `no function matching \`${call}\`: check that the function name, arguments, and types are correct`,
        )
      }
    }
    if (functions.length > 3) errors.add('too many functions in interpolation block.')
    return inputs[name]
  }
  const text = (value: string) => value.replace(BLOCK, (_, block: string) => asText(lookUp(block)))
  const visit = (node: unknown): unknown => {
    if (typeof node === 'string') {
      const whole = WHOLE.exec(node)?.[1]
      return whole === undefined || whole.includes(']]') ? text(node) : lookUp(whole)
    }
    if (Array.isArray(node)) return node.map(visit)
    if (typeof node === 'object' && node !== null) {
      return Object.fromEntries(Object.entries(node).map(([key, value]) => [text(key), visit(value)]))
    }
    return node
  }
  return { result: visit(config), errors: [...errors] }
}

function asText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
