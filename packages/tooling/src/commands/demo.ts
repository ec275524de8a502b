import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createOz } from '@oz-agent/oz-sim'
import { execa } from 'execa'
import { demoFiles, demoKey, demoPrompt, demoScript, makeRepository } from '../demo/agent.ts'
import { createGitHubLog } from '../demo/github-log.ts'
import { type GitHubStepEnd, runGitHubStep } from '../demo/github-step.ts'
import { root, runCommand, ToolingError } from '../project.ts'

// One step of the built GitHub action, on the stand-in CLI, in a repository whose test fails.
await runCommand(async () => {
  const bundle = (name: string) => {
    const file = join(root, 'actions/run/dist', `${name}.js`)
    if (!existsSync(file)) throw new ToolingError(`${file} is missing: npm run build`)
    return file
  }
  const folder = await mkdtemp(join(tmpdir(), 'oz-demo-'))
  try {
    const workspace = join(folder, 'repository')
    await mkdir(workspace)
    await makeRepository(workspace, demoFiles)
    const oz = await createOz({ dir: join(folder, 'oz'), script: demoScript })

    const view = createGitHubLog()
    heading(`The step's log: "${demoPrompt}"`)
    const end = await runGitHubStep({
      main: bundle('main'),
      post: bundle('post'),
      nodePath: process.execPath,
      workspace,
      runnerFolder: join(folder, 'runner'),
      inputs: {
        prompt: demoPrompt,
        warp_api_key: demoKey,
        oz_path: oz.path,
        share: 'team:view',
      },
      onLine: (line) => {
        const shown = view(line)
        if (shown !== undefined) console.log(shown)
      },
    })
    const diff = await execa('git', ['diff'], { cwd: workspace })
    await show(end, diff.stdout)
    return judge(end, diff.stdout)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

async function show({ outputs, summary }: GitHubStepEnd, diff: string): Promise<void> {
  heading('Outputs, for later steps')
  for (const [name, value] of Object.entries(outputs))
    console.log(`${name} = ${value.replaceAll('\n', '\n    ')}`)
  heading('Step summary, on the page of the run')
  console.log(summary.trimEnd())
  heading('result.json')
  console.log((await readFile(outputs.result_file ?? '', 'utf8')).trimEnd())
  heading('What the agent changed')
  console.log(diff)
}

function judge({ exitCode, postExitCode, outputs, log }: GitHubStepEnd, diff: string): number {
  const withoutMasks = log.replaceAll(`::add-mask::${demoKey}`, '')
  const expectations: readonly [string, boolean][] = [
    ['the step ends with 0', exitCode === 0 && postExitCode === 0],
    ['the outcome is succeeded', outputs.outcome === 'succeeded'],
    ['the greeting is corrected', diff.includes('+echo "Hello')],
    ['the key stands nowhere in the log but where it is masked', !withoutMasks.includes(demoKey)],
  ]
  const broken = expectations.filter(([, holds]) => !holds)
  heading(broken.length === 0 ? 'The demo ended as it should.' : 'The demo did not end as it should')
  for (const [what] of broken) console.log(`not so: ${what}`)
  return broken.length === 0 ? 0 : 1
}

function heading(text: string): void {
  console.log(`\n\x1b[1m=== ${text}\x1b[0m`)
}
