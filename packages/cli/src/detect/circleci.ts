import type { Detector } from './detector.ts'

/** https://circleci.com/docs/reference/variables/ */
export const circleci: Detector = {
  name: 'circleci',
  detect: (env) => env.CIRCLECI === 'true',
  describe: (env) => ({ jobUrl: env.CIRCLE_BUILD_URL, commit: env.CIRCLE_SHA1 }),
  internal: /^(?:CIRCLE_OIDC_TOKEN(?:_V2)?|CIRCLE_TOKEN|CIRCLE_INTERNAL_.*|BASH_ENV)$/,
}
