/** A GitLab release as far as syntax depends on it. */
export interface GitlabVersion {
  readonly major: number
  readonly minor: number
}

/** `include:inputs` got its name here; templates with inputs cannot be written for anything older. */
export const OLDEST_VERSION: GitlabVersion = { major: 16, minor: 0 }

/** The oldest version for which nothing has to be left out of a template. */
export const DEFAULT_VERSION: GitlabVersion = { major: 17, minor: 9 }

/** Reads `17.9`, `17`, `v17.9.2-ee`; undefined when the text is no version. */
export function parseVersion(text: string): GitlabVersion | undefined {
  const match = /^v?(\d{1,3})(?:\.(\d{1,3}))?(?:\.\d{1,4})?(?:-(?:ee|ce|pre|rc\d+|ee\.\d+))*$/.exec(
    text.trim(),
  )
  if (match === null) return undefined
  return { major: Number(match[1]), minor: Number(match[2] ?? 0) }
}

export function isAtLeast(version: GitlabVersion, wanted: GitlabVersion): boolean {
  return version.major === wanted.major ? version.minor >= wanted.minor : version.major > wanted.major
}

export function formatVersion({ major, minor }: GitlabVersion): string {
  return `${major}.${minor}`
}
