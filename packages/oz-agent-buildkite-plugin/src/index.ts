/** What the generators need; the hooks start from `entry/`. */
export { optionsTable, pluginDefinition } from './options/plugin-definition.ts'
