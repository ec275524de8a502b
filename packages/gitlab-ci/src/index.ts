/** What the project's own generator takes from here. */
export { publishedTemplate, remoteExample } from './generator/remote-example.ts'
export { featuresTable, templateInputsTable } from './generator/tables.ts'
