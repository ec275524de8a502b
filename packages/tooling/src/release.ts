/** What a release does to the major tag, or why it must not happen. */
export type ReleasePlan =
  | { readonly kind: 'move'; readonly majorTag: string }
  | { readonly kind: 'stay'; readonly majorTag: string; readonly newest: string }
  | { readonly kind: 'refuse'; readonly problem: string }

interface Version {
  readonly major: number
  readonly minor: number
  readonly patch: number
}

/**
 * Decides over a pushed tag from the version that the checkout declares and from all tags there are:
 * `v1` moves to the newest `v1.x.y`, and never back when an older line gets a fix.
 */
export function planRelease(tag: string, declaredVersion: string, allTags: readonly string[]): ReleasePlan {
  const version = parse(tag)
  if (!version) return { kind: 'refuse', problem: `"${tag}" is no release tag: expected v1.2.3` }
  if (tag !== `v${declaredVersion}`) {
    return { kind: 'refuse', problem: `the tag is ${tag}, but package.json declares ${declaredVersion}` }
  }
  const majorTag = `v${version.major}`
  const sameMajor = allTags.filter((other) => parse(other)?.major === version.major)
  const newest = [...sameMajor, tag].reduce((best, other) => (isNewer(other, best) ? other : best))
  return newest === tag ? { kind: 'move', majorTag } : { kind: 'stay', majorTag, newest }
}

function parse(tag: string): Version | undefined {
  const found = /^v(\d+)\.(\d+)\.(\d+)$/.exec(tag)
  if (!found) return undefined
  const [major = 0, minor = 0, patch = 0] = found.slice(1).map(Number)
  return { major, minor, patch }
}

function isNewer(a: string, b: string): boolean {
  const [left, right] = [parse(a), parse(b)]
  if (!left || !right) return false
  return (left.major - right.major || left.minor - right.minor || left.patch - right.patch) > 0
}
