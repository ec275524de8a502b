import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { root } from '../project.ts'
import { planRelease } from '../release.ts'

// `npm run release -- v1.2.3`, on the commit of that tag: decides whether the major tag moves. It moves nothing itself:
// the release workflow does that in a job of its own, where no dependency runs beside the token that may write.
const tag = process.argv[2] ?? ''
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
const { stdout } = await execa('git', ['tag', '--list'], { cwd: root })
const plan = planRelease(tag, version, stdout.split('\n'))

if (plan.kind === 'refuse') {
  console.error(`Not released: ${plan.problem}.`)
  process.exitCode = 1
} else {
  const { GITHUB_OUTPUT } = process.env
  if (GITHUB_OUTPUT) await appendFile(GITHUB_OUTPUT, `decision=${plan.kind}\n`)
  if (plan.kind === 'move') console.log(`${plan.majorTag} is to become ${tag}.`)
  else console.log(`${plan.majorTag} stays at ${plan.newest}, which is newer than ${tag}.`)
}
