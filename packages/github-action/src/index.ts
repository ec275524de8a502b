export { createGitHubHost } from './host.ts'
export { createGitHubPainter } from './painter.ts'
