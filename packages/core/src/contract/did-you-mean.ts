/** How many single-character insertions, removals, changes and swaps of neighbours turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
  let twoBack: number[] = []
  let oneBack = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let best = Math.min(
        at(current, column - 1) + 1,
        at(oneBack, column) + 1,
        at(oneBack, column - 1) + (same ? 0 : 1),
      )
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (swapped) best = Math.min(best, at(twoBack, column - 2) + 1)
      current.push(best)
    }
    twoBack = oneBack
    oneBack = current
  }
  return at(oneBack, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY
}

/**
 * The known word that a wrong one was probably meant to be, or nothing when none is near:
 * at most a third of its length apart, spelling of case, `-` and `_` not counted.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[-_\s]/g, '')
  const wanted = plain(word)
  if (wanted === '') return undefined
  let best: { word: string; distance: number } | undefined
  for (const candidate of known) {
    const distance = editDistance(wanted, plain(candidate))
    const near = distance <= Math.max(1, Math.floor(plain(candidate).length / 3))
    if (near && (best === undefined || distance < best.distance)) best = { word: candidate, distance }
  }
  return best?.word
}

/** ` Did you mean "x"?` with a leading space, or the empty string. */
export function didYouMean(word: string, known: readonly string[]): string {
  const guess = nearest(word, known)
  return guess === undefined ? '' : ` Did you mean "${guess}"?`
}
