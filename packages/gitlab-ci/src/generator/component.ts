import { stringify } from 'yaml'
import { componentInclude } from './include-lines.ts'
import { signText } from './ownership.ts'
import type { WantedFile } from './plan-writes.ts'
import { renderTemplate } from './template.ts'
import type { TemplateOrder } from './template-order.ts'

/**
 * Has both programs that GitLab may publish a release with: release-cli before 18.0, glab from there on.
 * https://docs.gitlab.com/user/project/releases/release_cli/
 */
const RELEASE_IMAGE = 'registry.gitlab.com/gitlab-org/release-cli:v0.24.0'

/**
 * The files of a component project that is ready for the CI/CD catalog: the template, a README, and a pipeline
 * that publishes a release for each tag. https://docs.gitlab.com/ci/components/#publish-a-new-release
 */
export function componentFiles(name: string, order: TemplateOrder): readonly WantedFile[] {
  return [
    signed(`templates/${name}.yml`, renderTemplate(order)),
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
