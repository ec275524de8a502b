import type { Check } from '../check.ts'
import { ok, problem, warning } from '../finding.ts'

/** The oldest Node that is supported: Node 20 gets no security fixes any more. https://nodejs.org/en/about/previous-releases */
const OLDEST = { major: 22, minor: 15 }
/** The one that every test runs on. */
const TESTED_MAJOR = 24

export const node: Check = {
  id: 'node',
  group: 'machine',
  title: 'Node.js',
  async run({ ports }) {
    const version = ports.machine.nodeVersion
    const [major = 0, minor = 0] = version.split('.').map(Number)
    if (major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor)) {
      return problem('unavailable', `${version} is too old`, `Install Node.js ${TESTED_MAJOR}.`)
    }
    if (major < TESTED_MAJOR) {
      return warning(
        `${version} works, though most tests run on ${TESTED_MAJOR}`,
        `Install Node.js ${TESTED_MAJOR}.`,
      )
    }
    return ok(version)
  },
}
