import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { root } from '../project.ts'
import { planRelease } from '../release.ts'

// `npm run release -- v1.2.3`, on the commit of that tag; the release workflow does it after the gate.
const tag = process.argv[2] ?? ''
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
const { stdout } = await execa('git', ['tag', '--list'], { cwd: root })
const plan = planRelease(tag, version, stdout.split('\n'))

if (plan.kind === 'refuse') {
  console.error(`Not released: ${plan.problem}.`)
  process.exitCode = 1
} else if (plan.kind === 'stay') {
  console.log(`${plan.majorTag} stays at ${plan.newest}, which is newer than ${tag}.`)
} else {
  await execa('git', ['tag', '--force', plan.majorTag, `${tag}^{commit}`], { cwd: root, stdio: 'inherit' })
  await execa('git', ['push', '--force', 'origin', `refs/tags/${plan.majorTag}`], {
    cwd: root,
    stdio: 'inherit',
  })
  console.log(`${plan.majorTag} is now ${tag}.`)
}
