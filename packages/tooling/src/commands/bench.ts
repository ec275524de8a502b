import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Bench } from '../bench/bench.ts'
import { figures } from '../bench/figures.ts'
import { isKept, type Measured, renderTable } from '../bench/report.ts'
import { runCommand, ToolingError } from '../project.ts'

// `npm run bench -- start memory` measures only these.
await runCommand(async () => {
  const names = process.argv.slice(2)
  const asked = figures.filter(({ name }) => names.length === 0 || names.includes(name))
  if (asked.length === 0)
    throw new ToolingError(`Known figures: ${figures.map(({ name }) => name).join(', ')}`)
  const folder = await mkdtemp(join(tmpdir(), 'oz-bench-'))
  try {
    const bench = new Bench(folder)
    const all: Measured[] = []
    for (const figure of asked) {
      console.error(`measuring: ${figure.what} …`)
      all.push({ figure, measurement: await figure.measure(bench) })
    }
    console.log(renderTable(all))
    return all.every(isKept) ? 0 : 1
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
