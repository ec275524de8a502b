/** A GitLab release, as exact as the syntax depends on it. */
export interface GitlabVersion {
  readonly major: number
  readonly minor: number
}

/** `include:inputs` came with this version; a template with inputs needs it. */
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

/** Whether a version is the wanted one or later. */
export function isAtLeast(version: GitlabVersion, wanted: GitlabVersion): boolean {
  return version.major === wanted.major ? version.minor >= wanted.minor : version.major > wanted.major
}

/** `17.9` */
export function formatVersion({ major, minor }: GitlabVersion): string {
  return `${major}.${minor}`
}

/** Syntax that templates use where GitLab has it. */
export interface Feature {
  readonly since: string
  readonly page: string
  /** What a template for an older version does instead. */
  readonly without: string
}

const YAML = 'https://docs.gitlab.com/ci/yaml'

/** The syntax that templates use, with the version that brought it and GitLab's page. */
export const FEATURES = {
  annotations: {
    since: '16.3',
    page: `${YAML}/artifacts_reports/#artifactsreportsannotations`,
    without: 'the links to the run and the session stand in the log and in the artifacts only',
  },
  scriptTimeouts: {
    since: '16.4',
    page: 'https://docs.gitlab.com/ci/runners/configure_runners/#set-script-and-after_script-timeouts',
    without: 'a job that GitLab ends at its time limit runs no after_script',
  },
  typedInputs: {
    since: '16.5',
    page: `${YAML}/#specinputstype`,
    without: 'every input is a string; the job checks true and false itself',
  },
  inputDescriptions: {
    since: '16.5',
    page: `${YAML}/#specinputsdescription`,
    without: 'inputs are described in comments',
  },
  inputRegex: { since: '16.5', page: `${YAML}/#specinputsregex`, without: 'the job checks the form itself' },
  inputOptions: {
    since: '16.6',
    page: `${YAML}/#specinputsoptions`,
    without: 'the job checks the choice itself',
  },
  arrayInputs: {
    since: '16.11',
    page: 'https://docs.gitlab.com/ci/inputs/#array-type',
    without: 'tags, rules and needs are fixed when the template is generated',
  },
  components: {
    since: '17.0',
    page: 'https://docs.gitlab.com/ci/components/',
    without: 'there are no components',
  },
  afterScriptOnCancel: {
    since: '17.0',
    page: `${YAML}/#after_script`,
    without: 'a cancelled job runs no after_script, and a job that reaches its time limit keeps no artifacts',
  },
  retryExitCodes: {
    since: '17.5',
    page: `${YAML}/#retryexit_codes`,
    without: 'nothing is retried; exit code 75 says that a retry may help',
  },
  includeIntegrity: {
    since: '17.9',
    page: `${YAML}/#includeintegrity`,
    without: 'a remote include is not checked',
  },
} as const satisfies Record<string, Feature>

export type FeatureName = keyof typeof FEATURES

/** Whether that GitLab version has the feature. */
export function knows(version: GitlabVersion, name: FeatureName): boolean {
  const since = parseVersion(FEATURES[name].since)
  return since !== undefined && isAtLeast(version, since)
}

/** What a template for that version cannot use, one sentence each. */
export function missingFeatures(version: GitlabVersion): readonly string[] {
  return (Object.keys(FEATURES) as FeatureName[])
    .filter((name) => name !== 'components' && name !== 'includeIntegrity' && !knows(version, name))
    .map((name) => `${FEATURES[name].without} (GitLab ${FEATURES[name].since})`)
}
