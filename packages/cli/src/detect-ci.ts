import type { Ci, Environment } from '@oz-agent/core'
import { OTHER_INTERNALS } from './internal-variables.ts'

/** Knows one CI by the variables that it sets. */
export interface Detector {
  /** As it stands in `result.json`. */
  readonly name: string
  detect(env: Environment): boolean
  describe(env: Environment): Pick<Ci, 'jobUrl' | 'commit'>
  /** The CI's own tokens and command files, kept from the agent by the policy `scrub`. */
  readonly internal?: RegExp
  /** The line that makes the CI hide a secret in its log, where it takes one. */
  maskLine?(secret: string): string
  /** From the first signal to the kill, in ms. */
  readonly cancelTime: number
  /** Who sends SIGINT, for messages; the CI when absent. */
  readonly interrupter?: string
}

/** Jenkins and most process managers wait 20 s and more. */
const USUAL_CANCEL_TIME = 20_000

/** Characters that end a command or its properties. https://github.com/microsoft/azure-pipelines-agent/blob/master/docs/preview/outputvariable.md */
const ESCAPES: Readonly<Record<string, string>> = { '%': '%AZP25', '\r': '%0D', '\n': '%0A' }

/** https://learn.microsoft.com/azure/devops/pipelines/build/variables */
const azurePipelines: Detector = {
  name: 'azure-pipelines',
  cancelTime: USUAL_CANCEL_TIME,
  detect: (env) => env.TF_BUILD === 'True',
  describe(env) {
    const { SYSTEM_COLLECTIONURI: collection, SYSTEM_TEAMPROJECT: project, BUILD_BUILDID: build } = env
    const known = collection && project && build
    const url = `${collection}${encodeURIComponent(project ?? '')}/_build/results?buildId=${build}`
    return { jobUrl: known ? url : undefined, commit: env.BUILD_SOURCEVERSION }
  },
  internal: /^(?:SYSTEM_ACCESSTOKEN|SYSTEM_OIDCREQUESTURI|ENDPOINT_.*|SECUREFILE_.*|VSTS_SECRET_VARIABLES)$/,
  maskLine: (secret) => `##vso[task.setsecret]${secret.replace(/[%\r\n]/g, (found) => ESCAPES[found] ?? '')}`,
}

/** https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/ */
const bitbucket: Detector = {
  name: 'bitbucket',
  cancelTime: USUAL_CANCEL_TIME,
  detect: (env) => Boolean(env.BITBUCKET_BUILD_NUMBER && env.BITBUCKET_COMMIT),
  describe(env) {
    const { BITBUCKET_REPO_FULL_NAME: repository, BITBUCKET_BUILD_NUMBER: build } = env
    const url = `https://bitbucket.org/${repository}/pipelines/results/${build}`
    return { jobUrl: repository && build ? url : undefined, commit: env.BITBUCKET_COMMIT }
  },
  internal: /^(?:BITBUCKET_STEP_OIDC_TOKEN|BITBUCKET_SSH_KEY_FILE|PIPELINES_JWT_TOKEN)$/,
}

/** https://circleci.com/docs/reference/variables/ */
const circleci: Detector = {
  name: 'circleci',
  cancelTime: USUAL_CANCEL_TIME,
  detect: (env) => env.CIRCLECI === 'true',
  describe: (env) => ({ jobUrl: env.CIRCLE_BUILD_URL, commit: env.CIRCLE_SHA1 }),
  internal: /^(?:CIRCLE_OIDC_TOKEN(?:_V2)?|CIRCLE_TOKEN|CIRCLE_INTERNAL_.*|BASH_ENV)$/,
}

/** https://www.jenkins.io/doc/book/pipeline/jenkinsfile/#using-environment-variables */
const jenkins: Detector = {
  name: 'jenkins',
  cancelTime: USUAL_CANCEL_TIME,
  detect: (env) => Boolean(env.JENKINS_URL && env.BUILD_ID),
  describe: (env) => ({ jobUrl: env.BUILD_URL, commit: env.GIT_COMMIT }),
  // The cookie must stay: Jenkins finds the children of an aborted build by it.
  internal: /^(?:JENKINS_(?:API_)?TOKEN|GIT_ASKPASS|GIT_PASSWORD|SSH_ASKPASS)$/,
}

/** https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables */
const kubernetes: Detector = {
  name: 'kubernetes',
  detect: (env) => Boolean(env.KUBERNETES_SERVICE_HOST),
  describe: () => ({ jobUrl: undefined, commit: undefined }),
  // A pod has 30 s by default: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
  cancelTime: 30_000,
}

/** Whatever runs commands: cron, a terminal, a CI that nobody described yet. */
const generic: Detector = {
  name: 'generic',
  cancelTime: USUAL_CANCEL_TIME,
  interrupter: 'you',
  detect: () => true,
  describe: (env) => ({ jobUrl: env.BUILD_URL, commit: env.GIT_COMMIT }),
}

/** In this order: a CI may run its jobs in Kubernetes, so that the CI is asked first. */
const DETECTORS: readonly Detector[] = [jenkins, circleci, azurePipelines, bitbucket, kubernetes]

/** The CI that this command runs under, by its variables. Pure. */
export function detectCi(env: Environment): Detector {
  return DETECTORS.find((detector) => detector.detect(env)) ?? generic
}

const INTERNALS = [...DETECTORS.flatMap(({ internal }) => internal ?? []), ...OTHER_INTERNALS]

/**
 * Whether a variable is a token or a command file of a CI, of whichever: a CI starts another one's tools, and a variable
 * that has the name of a secret there holds one here too. Pure.
 */
export function isInternalVariable(name: string): boolean {
  return INTERNALS.some((pattern) => pattern.test(name))
}
