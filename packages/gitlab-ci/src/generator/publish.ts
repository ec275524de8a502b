import { stringify } from 'yaml'
import type { TemplateOptions } from '../template/options.ts'
import { integrityOf } from '../template/program.ts'
import { renderTemplate } from '../template/template.ts'
import { knows } from '../template/versions.ts'
import { signText, type WantedFile } from './plan.ts'

/** The lines of `.gitlab-ci.yml` that include a template from the repository itself. */
export function localInclude(path: string): string {
  return lines({ local: `/${path}`, inputs: EXAMPLE })
}

/** The lines that include a published template, with its checksum where GitLab checks it. */
export function publishedInclude(url: string, template: string, options: TemplateOptions): string {
  const integrity = knows(options.version, 'includeIntegrity') ? { integrity: integrityOf(template) } : {}
  return lines({ remote: url, ...integrity, inputs: EXAMPLE })
}

/** The lines that include a component at a release. */
export function componentInclude(name: string, version: string): string {
  return lines({
    component: `$CI_SERVER_FQDN/<path of the component project>/${name}@${version}`,
    inputs: EXAMPLE,
  })
}

/** How to have the job run for merge requests too, which it does not by default. */
export function mergeRequestHint(triggers: readonly string[]): string {
  const also = [...triggers, 'merge-request'].map((trigger) => `--on ${trigger}`).join(' ')
  return `The job does not run for merge requests. To have it do so: init ${also}\n`
}

/**
 * What to set where a merge request would get a second pipeline with our job alone.
 * @param isAsked the job runs for merge requests already.
 */
export function mergeRequestAdvice(jobName: string, isAsked: boolean): string {
  const include = lines({ template: 'Workflows/MergeRequest-Pipelines.gitlab-ci.yml' })
  const when = isAsked ? 'then' : 'once it does'
  return `This pipeline has no workflow:rules. A merge request gets two pipelines ${when}: one with the jobs that are there, and
one with ${jobName} alone. The second decides whether the merge request can be merged, even when a test of the first
fails. Add this to .gitlab-ci.yml, so that all jobs are in one pipeline:

${include}`
}

const EXAMPLE = { prompt_file: '.gitlab/oz-agent/prompt.md' }

function lines(include: object): string {
  return stringify({ include: [include] }, { lineWidth: 0, singleQuote: true })
}

/**
 * It has both programs that publish a release: release-cli before GitLab 18.0, glab from 18.0 on.
 * https://docs.gitlab.com/user/project/releases/release_cli/
 */
const RELEASE_IMAGE = 'registry.gitlab.com/gitlab-org/release-cli:v0.24.0'

/**
 * The files of a component project for the CI/CD catalog: the template, a README, and a pipeline that publishes a
 * release for each tag. https://docs.gitlab.com/ci/components/#publish-a-new-release
 */
export function componentFiles(name: string, options: TemplateOptions): readonly WantedFile[] {
  return [
    signed(`templates/${name}.yml`, renderTemplate(options)),
    signed('README.md', readme(name)),
    signed('.gitlab-ci.yml', releasePipeline()),
  ]
}

function signed(path: string, text: string): WantedFile {
  return { kind: 'text', path, content: signText(path, text) }
}

function readme(name: string): string {
  return `# ${name}

Runs a Warp Oz agent as a job.

\`\`\`yaml
${componentInclude(name, '1.0.0').trimEnd()}
\`\`\`

## Before the first run

1. Create a Warp API key and store it as the CI/CD variable \`WARP_API_KEY\`: masked and protected.
2. For a note on merge requests, store a project access token with scope \`api\` and the role Developer as
   \`OZ_GITLAB_TOKEN\`, masked. Without it the job writes reports and artifacts only.

## Inputs

They stand with their descriptions at the top of \`templates/${name}.yml\`, and in the catalog once a release is
published.

## Releases

A tag such as \`1.2.0\` publishes a release. The catalog lists the project once its setting
"CI/CD Catalog project" is on. The job in \`.gitlab-ci.yml\` names its image by tag; put the digest that your
registry shows behind it (\`name:tag@sha256:…\`) to pin its bytes too.
`
}

function releasePipeline(): string {
  const pipeline = {
    'create-release': {
      stage: 'deploy',
      image: RELEASE_IMAGE,
      rules: [{ if: '$CI_COMMIT_TAG =~ /^\\d+\\.\\d+\\.\\d+$/' }],
      script: ['echo "Publishing $CI_COMMIT_TAG"'],
      release: { tag_name: '$CI_COMMIT_TAG', description: 'Version $CI_COMMIT_TAG of the component.' },
    },
  }
  return `# Publishes a release of the component for every tag that is a version.\n${stringify(pipeline, { lineWidth: 0, singleQuote: true })}`
}
