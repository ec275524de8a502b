const TAG = /\bv?(\d+(?:\.[0-9A-Za-z_-]+){2,})\b/

/**
 * The release tag in what `--version` printed, or in a part of a URL: `v0.2026.08.19.08.14.stable_01`, always with its `v`.
 * undefined where there is none, so that another program of the same name is not taken for the CLI.
 */
export function versionIn(text: string): string | undefined {
  const tag = TAG.exec(text)?.[1]
  return tag === undefined ? undefined : `v${tag}`
}

/** Oldest first: numbers by value, all other parts by their letters. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [partsOf(left), partsOf(right)]
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [x, y] = [a[i] ?? '', b[i] ?? '']
    const order = /^\d+$/.test(x) && /^\d+$/.test(y) ? Number(x) - Number(y) : x < y ? -1 : x > y ? 1 : 0
    if (order !== 0) return order
  }
  return 0
}

function partsOf(version: string): string[] {
  return version.replace(/^v/, '').split(/[._-]/)
}
