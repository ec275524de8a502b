import type { Check } from '../check.ts'
import { ok, problem, warning } from '../finding.ts'

export const cli: Check = {
  id: 'cli',
  group: 'cli',
  title: 'Oz CLI',
  async run(context) {
    const located = await context.cli()
    switch (located.kind) {
      case 'found':
        return ok(`${located.cli.version} (${located.cli.path})`)
      case 'broken':
        return problem('unavailable', located.problem, located.remedy)
      case 'absent':
        if (context.ports.machine.platform === 'win32') {
          return problem(
            'unavailable',
            located.why,
            `Run: winget install Warp.Warp. Or give its path as ${context.nameOf('ozPath')}.`,
          )
        }
        return warning(
          `${located.why}; a step downloads one`,
          `Nothing to do where the download host can be reached. Else install the CLI and give its path as ${context.nameOf('ozPath')}.`,
        )
    }
  },
}
