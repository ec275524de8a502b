import type { Detector } from './detector.ts'

/** https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables */
export const kubernetes: Detector = {
  name: 'kubernetes',
  detect: (env) => Boolean(env.KUBERNETES_SERVICE_HOST),
  describe: () => ({ jobUrl: undefined, commit: undefined }),
  // A pod has 30 s by default: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
  cancelTime: 30_000,
}
