import { DEFAULT_VERSION } from './gitlab-version.ts'
import { IMAGE_PATH } from './program.ts'
import type { TemplateOrder } from './template-order.ts'
import { shareOut } from './timeouts.ts'
import { DEFAULT_TRIGGERS } from './triggers.ts'

/** The order of a platform team that has an image of its own; what documentation and examples are made from. */
export const STANDARD_ORDER: TemplateOrder = {
  version: DEFAULT_VERSION,
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
