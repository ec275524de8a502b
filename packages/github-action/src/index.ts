export { gitHubCi } from './ci.ts'
export { createGitHubLogFormat } from './log-format.ts'
