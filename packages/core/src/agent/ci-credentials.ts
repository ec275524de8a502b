import type { Environment } from '../ports.ts'

/**
 * Tokens and command files that a CI gives to its jobs, of every CI that is known here: a command may run within any of
 * them, and within several at once (a container of one started by another).
 */
const OF_A_CI: readonly RegExp[] = [
  // https://docs.github.com/actions/reference/workflows-and-actions/variables
  /^ACTIONS_.*(?:TOKEN|URL)$/,
  /^GITHUB_(?:ENV|OUTPUT|PATH|STATE|STEP_SUMMARY)$/,
  // https://docs.gitlab.com/ci/variables/predefined_variables/
  /^CI_(?:JOB|BUILD)_TOKEN$/,
  /^CI_JOB_JWT(?:_V\d)?$/,
  /^CI_(?:DEPLOY|REGISTRY|DEPENDENCY_PROXY)_PASSWORD$/,
  /^CI_REPOSITORY_URL$/,
  // https://buildkite.com/docs/pipelines/configure/environment-variables
  /^BUILDKITE_AGENT_(?:ACCESS_TOKEN|TOKEN|JOB_API_SOCKET|JOB_API_TOKEN)$/,
  /^BUILDKITE_ENV_FILE$/,
  // https://circleci.com/docs/reference/variables/
  /^CIRCLE_(?:TOKEN|OIDC_TOKEN(?:_V2)?|INTERNAL_.*)$/,
  // https://learn.microsoft.com/azure/devops/pipelines/build/variables
  /^SYSTEM_(?:ACCESSTOKEN|OIDCREQUESTURI)$/,
  /^(?:ENDPOINT|SECUREFILE)_/,
  /^VSTS_SECRET_VARIABLES$/,
  // https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/
  /^(?:BITBUCKET_STEP_OIDC_TOKEN|BITBUCKET_SSH_KEY_FILE|PIPELINES_JWT_TOKEN)$/,
  // What starts an agent of Jenkins, and what its plugins set: https://github.com/jenkinsci/docker-agents
  /^JENKINS_(?:AGENT_|API_|USER_)?(?:SECRET|TOKEN|PASSWORD)$/,
  /^(?:GIT_ASKPASS|GIT_PASSWORD|SSH_ASKPASS)$/,
]

/** Usual names of tokens that a job gets from its CI or its runner, although a user chose the name. */
const USUAL_NAMES: readonly RegExp[] = [
  // https://docs.gitlab.com/ci/secrets/id_token_authentication/
  /(?:^|_)(?:ID_TOKEN|OIDC_TOKEN)(?:_V\d)?$/,
  /^VAULT_JWT$/,
  // The runner's own: https://docs.gitlab.com/user/clusters/agent/ci_cd_workflow/ , https://docs.gitlab.com/ci/docker/using_docker_images/
  /^(?:KUBECONFIG|DOCKER_AUTH_CONFIG)$/,
]

/** Whether a variable of that name is a token or a command file of some CI, whichever CI runs this job. Pure. */
export function isCiCredential(name: string): boolean {
  return OF_A_CI.some((pattern) => pattern.test(name.toUpperCase()))
}

/** Whether a variable of that name usually holds a token that the CI made for this job. Pure. */
export function isUsualTokenName(name: string): boolean {
  return USUAL_NAMES.some((pattern) => pattern.test(name.toUpperCase()))
}

/** A shorter value of an internal variable may stand in others by chance. */
const SHORTEST = 8
const TELLING_NAME = /TOKEN|PASSWORD|PASSWD|SECRET|JWT|KEY|AUTH|CREDENTIAL|COOKIE/i

/**
 * The values of internal variables that are secrets, to be found under other names too: by their name, or because
 * they look like nothing but a token. No paths, names of variables and plain addresses, which others hold with right. Pure.
 */
export function internalSecrets(env: Environment, isInternal: (name: string) => boolean): string[] {
  return Object.entries(env).flatMap(([name, value]) => {
    if (value === undefined || value.length < SHORTEST || !isInternal(name)) return []
    const password = passwordIn(value)
    if (password !== undefined) return password.length < SHORTEST ? [] : [password]
    const isHarmless = /^(?:\/|[A-Za-z]:\\|\.{1,2}\/)|^\w+:\/\/[^@]*$|^[A-Z][A-Z0-9_]*$|^https?:/.test(value)
    if (isHarmless || value in env) return []
    return TELLING_NAME.test(name) || looksLikeToken(value) ? [value] : []
  })
}

function looksLikeToken(value: string): boolean {
  return /^[\w.~+=-]{20,}$/.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value)
}

/** The password of an address such as `https://gitlab-ci-token:…@host/`. */
function passwordIn(value: string): string | undefined {
  if (!/^\w+:\/\/[^/]*@/.test(value) || !URL.canParse(value)) return undefined
  const { password } = new URL(value)
  return password === '' ? undefined : password
}

/** Those who sign tokens for jobs. A prefix ends at `/` or at the end of the issuer. */
const ISSUERS: readonly RegExp[] = [
  // https://docs.github.com/actions/reference/security/oidc ; the second is GitHub Enterprise Server's.
  /^https:\/\/(?:vs)?token\.actions\.[\w.-]+(?:\/|$)/,
  /^https?:\/\/[^/]+\/_services\/(?:vs)?token(?:\/|$)/,
  /^https:\/\/gitlab\.com\/?$/,
  // https://buildkite.com/docs/pipelines/security/oidc
  /^https:\/\/agent\.buildkite\.com(?:\/|$)/,
  // https://circleci.com/docs/guides/permissions-authentication/openid-connect-tokens/
  /^https:\/\/oidc\.circleci\.com(?:\/|$)/,
  // https://support.atlassian.com/bitbucket-cloud/docs/integrate-pipelines-with-resource-servers-using-oidc/
  /^https:\/\/api\.bitbucket\.org\/2\.0\/workspaces\/[^/]+\/pipelines-config\/identity\/oidc/,
  /^https:\/\/vstoken\.dev\.azure\.com(?:\/|$)/,
]

/** Servers that name themselves in the job's environment, and sign tokens under that name. */
const SERVERS = ['CI_SERVER_URL', 'JENKINS_URL'] as const

const JWT = /eyJ[\w-]{4,}\.(eyJ[\w-]{4,})\.[\w-]*/g

/** Whether a value holds a JWT that a CI signed: an id token under whatever name. Pure. */
export function holdsCiToken(value: string, env: Environment): boolean {
  if (!value.includes('eyJ')) return false
  const servers = SERVERS.flatMap((name) => plainServer(env[name]) ?? [])
  return [...value.matchAll(JWT)].some(([, payload = '']) => {
    const issuer = issuerOf(payload)
    if (issuer === undefined) return false
    const plain = plainServer(issuer)
    return (
      ISSUERS.some((pattern) => pattern.test(issuer)) ||
      servers.some((server) => plain === server || plain?.startsWith(`${server}/`))
    )
  })
}

function issuerOf(payload: string): string | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const issuer = typeof claims === 'object' && claims !== null && 'iss' in claims ? claims.iss : undefined
    return typeof issuer === 'string' ? issuer : undefined
  } catch {
    return undefined
  }
}

/** Host and path of a server; old tokens of GitLab name their issuer without a scheme. */
function plainServer(url: string | undefined): string | undefined {
  const plain = url?.replace(/^https?:\/\//, '').replace(/\/+$/, '')
  return plain ? plain.toLowerCase() : undefined
}
