import { inputGroups, type TemplateInput } from './inputs.ts'
import { jobEntries } from './job.ts'
import type { TemplateOptions } from './options.ts'
import type { Program } from './program.ts'
import { formatVersion, type GitlabVersion, knows, missingFeatures } from './versions.ts'
import { renderMap, type Section, TitledMap } from './yaml.ts'

/** The whole template, the same bytes for the same options. */
export function renderTemplate(options: TemplateOptions): string {
  const inputs = new TitledMap(specSections(options))
  const job = new TitledMap([{ entries: jobEntries(options) }])
  const header = renderMap([{ key: 'spec', value: { inputs } }])
  const body = renderMap([{ key: '$[[ inputs.job_prefix ]]$[[ inputs.job_name ]]', value: job }])
  return `${preamble(options)}${header}---\n${body}`
}

const WAYS: Record<Program['kind'], string> = {
  vendored: 'The program lies in this repository; its checksum is checked before every use.',
  download: 'The program is downloaded; its checksum is checked before every use.',
  image: 'The program is part of the image.',
}

function preamble(options: TemplateOptions): string {
  const missing = missingFeatures(options.version)
  const lines = [
    `Runs an Oz agent as a job, on GitLab ${formatVersion(options.version)} and later.`,
    WAYS[options.program.kind],
    'The key comes from the masked and protected CI/CD variable WARP_API_KEY, never from an input.',
    ...(missing.length > 0
      ? ['An older GitLab makes do without this:', ...missing.map((one) => `  - ${one}`)]
      : []),
    'Written by oz-agent-gitlab: run it again to change this file.',
  ]
  return lines.map((line) => `# ${line}\n`).join('')
}

/** The `spec` header. What a version has no syntax for is a comment, or the job checks it. */
function specSections(options: TemplateOptions): readonly Section[] {
  return inputGroups(options).map(({ title, inputs }) => ({
    title,
    entries: inputs.map((input) => ({
      key: input.name,
      value: specOf(input, options.version),
      ...(knows(options.version, 'inputDescriptions') ? {} : { comment: input.description }),
    })),
  }))
}

function specOf(input: TemplateInput, version: GitlabVersion): object {
  const typed = knows(version, 'typedInputs')
  const value = typed || input.type !== 'boolean' ? input.default : String(input.default)
  return {
    ...(knows(version, 'inputDescriptions') && { description: input.description }),
    ...(typed && input.type !== 'string' && { type: input.type }),
    default: value,
    ...(input.options && knows(version, 'inputOptions') && { options: input.options }),
    ...(input.regex !== undefined && knows(version, 'inputRegex') && { regex: input.regex }),
  }
}
