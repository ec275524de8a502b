export { createGitHubPainter } from './log-format.ts'
export { createGitHubHost } from './reporter.ts'
