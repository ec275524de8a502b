import { remoteInclude } from './include-lines.ts'
import { signText } from './ownership.ts'
import { IMAGE_PATH } from './program.ts'
import { renderTemplate } from './template.ts'
import type { TemplateOrder } from './template-order.ts'
import { shareOut } from './timeouts.ts'
import { DEFAULT_TRIGGERS } from './triggers.ts'

const URL = 'https://ci.example.com/templates/oz-agent.yml'

const ORDER: TemplateOrder = {
  version: { major: 17, minor: 9 },
  program: { kind: 'image', path: IMAGE_PATH },
  image: 'registry.example.com/ci/oz-agent:1.0.0',
  stage: 'test',
  jobName: 'oz-agent',
  jobPrefix: '',
  tags: [],
  triggers: DEFAULT_TRIGGERS,
  needs: undefined,
  timeouts: shareOut(3_600_000),
  artifactExpiry: '1 week',
  writes: false,
  cache: false,
  defaults: {},
}

/** The template of the example for remote includes: what a platform team publishes once for all projects. */
export function publishedTemplate(): string {
  return signText('template.yml', renderTemplate(ORDER))
}

/** The pipeline of a project that includes it, with the checksum that GitLab compares. */
export function remoteExample(): string {
  return `# A template that is published elsewhere; GitLab refuses it when its bytes are not these.\n${remoteInclude(URL, publishedTemplate(), ORDER)}`
}
