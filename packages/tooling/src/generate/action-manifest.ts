import { OUTPUTS, spell } from '@oz-agent/core'
import { stringify } from 'yaml'
import { inputsOn } from './contract.ts'

const header = '# Generated from packages/core/src/contract by `npm run generate`: change it there.\n'

/**
 * The manifest of the run action, for the folder from which `dist` is reached by this path.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax
 */
export function actionManifest(dist: string): string {
  const inputs = inputsOn(['github']).map((spec) => [
    spell(spec.id, 'snake'),
    {
      description: spec.description,
      required: false,
      ...(spec.default !== undefined && { default: spec.default }),
    },
  ])
  const outputs = OUTPUTS.map(({ id, description }) => [spell(id, 'snake'), { description }])
  const manifest = {
    name: 'Run an Oz agent',
    description:
      'Runs a Warp Oz agent in this job, shows what it does and tells the truth about how it ended',
    author: 'The oz-agent-action authors',
    branding: { icon: 'terminal', color: 'purple' },
    inputs: Object.fromEntries(inputs),
    outputs: Object.fromEntries(outputs),
    runs: {
      using: 'node24',
      main: `${dist}/main.js`,
      post: `${dist}/post.js`,
      'post-if': 'always()',
    },
  }
  return header + stringify(manifest, { lineWidth: 0, singleQuote: true })
}
