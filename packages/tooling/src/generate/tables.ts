import { OUTCOMES, OUTPUTS, type OutcomeSpec, type Platform, spell } from '@oz-agent/core'
import { inputsOn, type NamedInput } from './contract-files.ts'

const spellings: Record<Platform, (id: string) => string> = {
  github: (id) => spell(id, 'snake'),
  gitlab: (id) => spell(id, 'snake'),
  buildkite: (id) => spell(id, 'kebab'),
  cli: (id) => `--${spell(id, 'kebab')}`,
}

const titles: Record<Platform, string> = {
  github: 'GitHub',
  gitlab: 'GitLab',
  buildkite: 'Buildkite',
  cli: 'Flag',
}

/** The inputs as these platforms spell them; platforms that spell everything alike share a column. */
export function inputsTable(platforms: readonly Platform[]): string {
  const columns = Map.groupBy(platforms, (platform) => spellings[platform]('aB'))
  const groups = [...columns.values()]
  const single = platforms.length === 1
  const heads = groups.map((group) => (single ? 'Input' : group.map((one) => titles[one]).join(', ')))
  const rows = inputsOn(platforms).map((spec) => [
    ...groups.map((group) => nameCell(spec, group)),
    spec.description,
    defaultCell(spec),
  ])
  return table([...heads, 'Meaning', 'Default'], rows)
}

function nameCell(spec: NamedInput, group: readonly Platform[]): string {
  const shown = group.find((platform) => spec.platforms?.includes(platform) ?? true)
  return shown === undefined ? '–' : `\`${spellings[shown](spec.id)}\``
}

function defaultCell(spec: NamedInput): string {
  return spec.default === undefined ? (spec.defaultNote ?? '–') : `\`${spec.default}\``
}

/** The outputs with their snake_case names. */
export function outputsTable(): string {
  return table(
    ['Output', 'Meaning'],
    OUTPUTS.map(({ id, description }) => [`\`${spell(id, 'snake')}\``, description]),
  )
}

/** The outcomes with their exit codes. */
export function outcomesTable(): string {
  const rows = OUTCOMES.map((outcome: OutcomeSpec) => [
    `\`${outcome.name}\``,
    [outcome.exitCode, outcome.exitCodeOnSigterm].filter((code) => code !== undefined).join(' / '),
    { success: 'green', neutral: 'green', failure: 'red' }[outcome.verdict],
    outcome.retryable ? 'yes' : 'no',
    outcome.meaning,
  ])
  return table(['Outcome', 'Exit code', 'Step', 'Retry may help', 'When'], rows)
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
