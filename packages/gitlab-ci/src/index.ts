import { signText } from './generator/plan.ts'
import { publishedInclude } from './generator/publish.ts'
import { inputGroups, type TemplateInput } from './template/inputs.ts'
import { STANDARD_OPTIONS } from './template/options.ts'
import { renderTemplate } from './template/template.ts'
import { FEATURES, type Feature } from './template/versions.ts'

// What the documentation and the examples of this project are generated from.

const PUBLISHED_AT = 'https://ci.example.com/templates/oz-agent.yml'

/** The template of the example for remote includes: a platform team publishes it once for all projects. */
export function publishedTemplate(): string {
  return signText('template.yml', renderTemplate(STANDARD_OPTIONS))
}

/** The pipeline of a project that includes that template, with the checksum that GitLab compares. */
export function remoteExample(): string {
  const include = publishedInclude(PUBLISHED_AT, publishedTemplate(), STANDARD_OPTIONS)
  return `# A template that is published elsewhere; GitLab refuses it when its bytes are not these.\n${include}`
}

/** A Markdown table of what templates use, by the GitLab version that brought it. */
export function featuresTable(): string {
  const rows = Object.values(FEATURES).map(
    ({ since, page, without }: Feature) => `| [${since}](${page}) | ${without} |`,
  )
  return ['| Before | Without it |', '| --- | --- |', ...rows].join('\n')
}

/** A Markdown table of every input that a template can have. */
export function templateInputsTable(): string {
  const groups = inputGroups({ ...STANDARD_OPTIONS, tags: ['docker'], needs: [], writes: true })
  const rows = groups.flatMap(({ inputs }) => inputs).map(row)
  return ['| Input | Type | Meaning | Default |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

/** Lists and images differ from one template to the next: the template itself shows them. */
function row({ name, type, description, ...input }: TemplateInput): string {
  const isPlain = input.default !== '' && type !== 'array' && name !== 'image'
  const shown =
    name === 'interruptible' ? '`true`, or `false` with `--writes`' : `\`${String(input.default)}\``
  return `| \`${name}\` | ${type} | ${description.replaceAll('|', '\\|')} | ${isPlain ? shown : '–'} |`
}
