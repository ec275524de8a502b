import type { Detector } from './detector.ts'

/** https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/ */
export const bitbucket: Detector = {
  name: 'bitbucket',
  detect: (env) => Boolean(env.BITBUCKET_BUILD_NUMBER && env.BITBUCKET_COMMIT),
  describe(env) {
    const { BITBUCKET_REPO_FULL_NAME: repository, BITBUCKET_BUILD_NUMBER: build } = env
    const url = `https://bitbucket.org/${repository}/pipelines/results/${build}`
    return { jobUrl: repository && build ? url : undefined, commit: env.BITBUCKET_COMMIT }
  },
  internal: /^(?:BITBUCKET_STEP_OIDC_TOKEN|BITBUCKET_SSH_KEY_FILE|PIPELINES_JWT_TOKEN)$/,
}
