import { stringify } from 'yaml'
import { knows } from './features.ts'
import { integrityOf } from './program.ts'
import type { TemplateOrder } from './template-order.ts'

/** The lines of `.gitlab-ci.yml` that include a template from the repository itself. */
export function localInclude(path: string): string {
  return lines({ local: `/${path}`, inputs: EXAMPLE })
}

/** The same for a published template, with its checksum where GitLab checks it. */
export function remoteInclude(url: string, template: string, order: TemplateOrder): string {
  const integrity = knows(order.version, 'includeIntegrity') ? { integrity: integrityOf(template) } : {}
  return lines({ remote: url, ...integrity, inputs: EXAMPLE })
}

/** The same for a component at a release. */
export function componentInclude(name: string, version: string): string {
  return lines({
    component: `$CI_SERVER_FQDN/<path of the component project>/${name}@${version}`,
    inputs: EXAMPLE,
  })
}

const EXAMPLE = { prompt_file: '.gitlab/oz-agent/prompt.md' }

function lines(include: object): string {
  return stringify({ include: [include] }, { lineWidth: 0, singleQuote: true })
}
