import { join } from 'node:path'
import { withLock } from '../../bootstrap/lock.mjs'
import { toolsFolder } from '../paths.ts'
import { allRunners } from '../runners/all-runners.ts'
import { writeManifest } from '../runners/manifest.ts'
import type { RunnerName, RunnerState } from '../runners/runner.ts'
import { runTool } from '../tool.ts'

await withLock(join(toolsFolder, 'runners/lock'), async () => {
  const states: Partial<Record<RunnerName, RunnerState>> = {}
  for (const runner of allRunners) {
    const start = performance.now()
    const state = await runner.ensure()
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    console.log(
      `${runner.name}: ${state.kind === 'ready' ? `${state.version} is here` : state.reason} (${seconds} s)`,
    )
    states[runner.name] = state
  }
  await writeManifest(states)
})
process.exitCode = await runTool('vitest', [
  'run',
  '--config',
  'vitest.runners.config.ts',
  ...process.argv.slice(2),
])
