import { missingFeatures } from './features.ts'
import { formatVersion } from './gitlab-version.ts'
import type { Program } from './program.ts'
import { jobEntries } from './template-job.ts'
import type { TemplateOrder } from './template-order.ts'
import { specSections } from './template-spec.ts'
import { renderMap, TitledMap } from './yaml-text.ts'

/** The whole template, the same bytes for the same order. */
export function renderTemplate(order: TemplateOrder): string {
  const inputs = new TitledMap(specSections(order))
  const job = new TitledMap([{ entries: jobEntries(order) }])
  const header = renderMap([{ key: 'spec', value: { inputs } }])
  const body = renderMap([{ key: '$[[ inputs.job_prefix ]]$[[ inputs.job_name ]]', value: job }])
  return `${preamble(order)}${header}---\n${body}`
}

const WAYS: Record<Program['kind'], string> = {
  vendored: 'The program lies in this repository; its checksum is checked before every use.',
  download: 'The program is downloaded; its checksum is checked before every use.',
  image: 'The program is part of the image.',
}

function preamble(order: TemplateOrder): string {
  const missing = missingFeatures(order.version)
  const lines = [
    `Runs an Oz agent as a job, on GitLab ${formatVersion(order.version)} and later.`,
    WAYS[order.program.kind],
    'The key comes from the masked and protected CI/CD variable WARP_API_KEY, never from an input.',
    ...(missing.length > 0
      ? ['An older GitLab makes do without this:', ...missing.map((one) => `  - ${one}`)]
      : []),
    'Written by oz-agent-gitlab: run it again to change this file.',
  ]
  return lines.map((line) => `# ${line}\n`).join('')
}
