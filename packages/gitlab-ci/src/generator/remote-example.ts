import { remoteInclude } from './include-lines.ts'
import { signText } from './ownership.ts'
import { STANDARD_ORDER } from './standard-order.ts'
import { renderTemplate } from './template.ts'

const PLACE = 'https://ci.example.com/templates/oz-agent.yml'

/** The template of the example for remote includes: what a platform team publishes once for all projects. */
export function publishedTemplate(): string {
  return signText('template.yml', renderTemplate(STANDARD_ORDER))
}

/** The pipeline of a project that includes it, with the checksum that GitLab compares. */
export function remoteExample(): string {
  const include = remoteInclude(PLACE, publishedTemplate(), STANDARD_ORDER)
  return `# A template that is published elsewhere; GitLab refuses it when its bytes are not these.\n${include}`
}
