import type { Detector } from './detector.ts'

/** Characters that end a command or its properties. https://github.com/microsoft/azure-pipelines-agent/blob/master/docs/preview/outputvariable.md */
const ESCAPES: Readonly<Record<string, string>> = { '%': '%AZP25', '\r': '%0D', '\n': '%0A' }

/** https://learn.microsoft.com/azure/devops/pipelines/build/variables */
export const azurePipelines: Detector = {
  name: 'azure-pipelines',
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
