import type { Detector } from './detector.ts'

/** https://www.jenkins.io/doc/book/pipeline/jenkinsfile/#using-environment-variables */
export const jenkins: Detector = {
  name: 'jenkins',
  detect: (env) => Boolean(env.JENKINS_URL && env.BUILD_ID),
  describe: (env) => ({ jobUrl: env.BUILD_URL, commit: env.GIT_COMMIT }),
  // The cookie must stay: Jenkins finds the children of an aborted build by it.
  internal: /^(?:JENKINS_(?:API_)?TOKEN|GIT_ASKPASS|GIT_PASSWORD|SSH_ASKPASS)$/,
}
