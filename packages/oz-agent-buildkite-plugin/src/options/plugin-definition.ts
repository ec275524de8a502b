import { allOptions, type ShownOption } from './all-options.ts'

/**
 * What `plugin.yml` holds. https://buildkite.com/docs/pipelines/integrations/plugins/writing
 * The agent validates against it only where that is switched on; the hooks always validate.
 */
export function pluginDefinition(): object {
  return {
    name: 'Oz agent',
    description: "Runs Warp's Oz agent as a step, or when a step's own command fails",
    author: 'The oz-agent-action authors',
    requirements: ['bash', 'node', 'git'],
    configuration: {
      properties: Object.fromEntries(allOptions().map((option) => [option.name, property(option)])),
      additionalProperties: false,
    },
  }
}

function property({ schema, description, default: preset }: ShownOption): object {
  return { ...schema, description, ...(preset !== undefined && { default: preset }) }
}

/** The options as a Markdown table, for the README. */
export function optionsTable(): string {
  const rows = allOptions().map((option) => [`\`${option.name}\``, option.description, defaultCell(option)])
  const head = ['| Option | Meaning | Default |', '| --- | --- | --- |']
  return [...head, ...rows.map((cells) => `| ${cells.map(escapeCell).join(' | ')} |`)].join('\n')
}

function defaultCell({ default: preset, defaultNote }: ShownOption): string {
  return preset === undefined ? (defaultNote ?? '–') : `\`${preset}\``
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
