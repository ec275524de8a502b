import type { Detector } from './detector.ts'

/** Whatever runs commands: cron, a terminal, a CI that nobody described yet. */
export const generic: Detector = {
  name: 'generic',
  detect: () => true,
  describe: (env) => ({ jobUrl: env.BUILD_URL, commit: env.GIT_COMMIT }),
}
