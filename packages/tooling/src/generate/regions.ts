/** A part of Markdown files that is made from the contract, wherever a file has `<!-- generated:<name> -->`. */
export interface RegionGenerator {
  readonly name: string
  /** What stands between the markers, without blank lines around it. */
  render(): string
}

const marker = /^<!-- (\/?)generated:([\w-]+) -->$/

/**
 * Renews every generated region of a Markdown file and leaves the rest to the letter.
 * A region starts at a line `<!-- generated:name -->` and ends at the line `<!-- /generated:name -->`;
 * an unknown name, a missing end or a stray one is an error that names its line.
 */
export function renewRegions(markdown: string, generators: readonly RegionGenerator[]): string {
  const output: string[] = []
  let open: { name: string; line: number } | undefined
  for (const [index, text] of markdown.split('\n').entries()) {
    const found = marker.exec(text)
    if (found) {
      const [, slash, name = ''] = found
      if (slash === '/') {
        if (open?.name !== name) throw new Error(`line ${index + 1}: ${text} closes nothing`)
        open = undefined
        output.push(text)
      } else {
        if (open) throw new Error(`line ${index + 1}: ${text} starts inside of ${open.name}`)
        open = { name, line: index + 1 }
        output.push(text, generatorNamed(name, generators, index + 1).render())
      }
    } else if (!open) {
      output.push(text)
    }
  }
  if (open) throw new Error(`line ${open.line}: there is no <!-- /generated:${open.name} --> after it`)
  return output.join('\n')
}

function generatorNamed(name: string, generators: readonly RegionGenerator[], line: number): RegionGenerator {
  const found = generators.find((generator) => generator.name === name)
  if (found) return found
  const known = generators.map((generator) => generator.name).join(', ')
  throw new Error(`line ${line}: no generator is named ${name}; there are ${known}`)
}
