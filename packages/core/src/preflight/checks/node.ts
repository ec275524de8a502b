import type { Check } from '../check.ts'
import { ok, problem, warning } from '../finding.ts'

/** The oldest Node with all that the code uses; https://nodejs.org/en/about/previous-releases */
const OLDEST_MAJOR = 22
/** The one that is tested. */
const TESTED_MAJOR = 24

export const node: Check = {
  id: 'node',
  group: 'machine',
  title: 'Node.js',
  async run({ ports }) {
    const version = ports.machine.nodeVersion
    const major = Number.parseInt(version, 10)
    if (major < OLDEST_MAJOR) {
      return problem('unavailable', `${version} is too old`, `Install Node.js ${TESTED_MAJOR}.`)
    }
    if (major < TESTED_MAJOR) {
      return warning(`${version} works but is not what is tested`, `Install Node.js ${TESTED_MAJOR}.`)
    }
    return ok(version)
  },
}
