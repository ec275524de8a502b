/** What the project's own generator takes from here. */
export { featuresTable } from './generator/features-table.ts'
export { publishedTemplate, remoteExample } from './generator/remote-example.ts'
