import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Script } from '@oz-agent/oz-sim'
import { execa } from 'execa'

/** What the stand-in does in the demo: what a real agent would do with this prompt. */
export const demoScript: Script = {
  session_url: 'https://app.warp.dev/session/demo',
  steps: [
    { reasoning: 'The greeting is misspelt; its test says what it should be.' },
    { message: 'I will look at the greeting and at its test.' },
    { read: ['greet.sh'] },
    { run: 'sh test.sh || true' },
    { edit: { path: 'greet.sh', find: 'Helo', replace: 'Hello', title: 'Spell the greeting right' } },
    { run: 'sh test.sh' },
    { message: 'The greeting was misspelt. I corrected `greet.sh`, and **its test passes** now.' },
  ],
}

/** The repository that the agent finds. */
export const demoFiles: Readonly<Record<string, string>> = {
  'greet.sh': 'echo "Helo, $1!"\n',
  'test.sh': '[ "$(sh greet.sh world)" = "Hello, world!" ] && echo ok || { echo "not greeted"; exit 1; }\n',
}

export const demoPrompt = 'The test of the greeting fails. Find out why and fix it.'

/** No key of anyone: the stand-in takes whatever begins like one. */
export const demoKey = 'wk-demo-0123456789'

/** Makes a git repository with one commit of these files in an existing empty folder. */
export async function makeRepository(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text)
  const identity = ['-c', 'user.name=Demo', '-c', 'user.email=demo@example.com']
  await execa('git', ['init', '--quiet', '--initial-branch=main'], { cwd: folder })
  await execa('git', ['add', '.'], { cwd: folder })
  await execa('git', [...identity, 'commit', '--quiet', '--message', 'A greeting'], { cwd: folder })
}
