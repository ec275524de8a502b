/** A script that a prompt carries: the name of a scenario, or the script's own text. */
export type Marker =
  | { readonly kind: 'scenario'; readonly name: string }
  | { readonly kind: 'script'; readonly text: string }

const OPENING = '[oz-sim:'
const FENCE = /^[ \t]*```oz-sim[ \t]*\r?\n([\s\S]*?)^[ \t]*```/m

/**
 * The first marker in `text`: `[oz-sim: scenario-name]`, `[oz-sim: {json}]`, or a fenced block whose language is
 * `oz-sim` (YAML or JSON). `undefined` when there is none.
 */
export function findMarker(text: string): Marker | undefined {
  const at = text.indexOf(OPENING)
  if (at !== -1) return inline(text.slice(at + OPENING.length).trimStart())
  const block = text.includes('```oz-sim') ? FENCE.exec(text)?.[1] : undefined
  return block === undefined ? undefined : { kind: 'script', text: block }
}

function inline(rest: string): Marker | undefined {
  if (rest.startsWith('{')) return { kind: 'script', text: rest.slice(0, closingBrace(rest) + 1) }
  const name = /^([^\]\r\n]+)\]/.exec(rest)?.[1]
  return name === undefined ? undefined : { kind: 'scenario', name: name.trim() }
}

// Braces inside JSON strings do not count. Without a closing one the whole rest is taken: its parser will object.
function closingBrace(text: string): number {
  let depth = 0
  let quoted = false
  for (let index = 0; index < text.length; index++) {
    const char = text[index]
    if (quoted && char === '\\') index++
    else if (char === '"') quoted = !quoted
    else if (!quoted && char === '{') depth++
    else if (!quoted && char === '}' && --depth === 0) return index
  }
  return text.length - 1
}

/** The absolute paths that a prompt names, quoted or bare: a prompt may be no more than a pointer to a file. */
export function namedPaths(prompt: string): readonly string[] {
  const quoted = [...prompt.matchAll(/(["'`])((?:\/|[A-Za-z]:[\\/]).+?)\1/g)].map((match) => match[2] ?? '')
  const bare = [...prompt.matchAll(/(?:^|[\s(<[=])((?:\/|[A-Za-z]:[\\/])[^\s"'`<>]+)/g)].map(
    (match) => match[1] ?? '',
  )
  const trimmed = bare.map((path) => path.replace(/[.,;:!?)\]}]+$/, ''))
  return [...new Set([...quoted, ...bare, ...trimmed])].filter((path) => path.length > 1)
}
