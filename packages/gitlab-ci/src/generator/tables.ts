import { FEATURES, type Feature } from './features.ts'
import type { TemplateInput } from './input-specs.ts'
import { STANDARD_ORDER } from './standard-order.ts'
import { inputGroups } from './template-spec.ts'

/** What templates use, by version, for the documentation. */
export function featuresTable(): string {
  const rows = Object.values(FEATURES).map(
    ({ since, page, without }: Feature) => `| [${since}](${page}) | ${without} |`,
  )
  return ['| Before | Without it |', '| --- | --- |', ...rows].join('\n')
}

/** Every input of a template that was generated without options, for the documentation. */
export function templateInputsTable(): string {
  const groups = inputGroups({ ...STANDARD_ORDER, tags: ['docker'], needs: [], writes: true })
  const rows = groups.flatMap(({ inputs }) => inputs).map(row)
  return ['| Input | Type | Meaning | Default |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

/** Lists and images differ from one order to the next: the template shows them. */
function row({ name, type, description, ...input }: TemplateInput): string {
  const isPlain = input.default !== '' && type !== 'array' && name !== 'image'
  const shown =
    name === 'interruptible' ? '`true`, or `false` with `--writes`' : `\`${String(input.default)}\``
  return `| \`${name}\` | ${type} | ${description.replaceAll('|', '\\|')} | ${isPlain ? shown : '–'} |`
}
