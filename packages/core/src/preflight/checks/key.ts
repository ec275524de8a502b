import { keyPlaces } from '../../auth/key-places.ts'
import { keyWarning } from '../../auth/resolve-key.ts'
import type { Check } from '../check.ts'
import { ok, problem, skipped, warning } from '../finding.ts'

export const key: Check = {
  id: 'key',
  group: 'account',
  title: 'API key',
  async run({ key: found, keyProblem, keylessReason, keyRemedy, nameOf }) {
    if (keyProblem !== undefined) {
      return problem('not-permitted', keyProblem.message, keyProblem.remedy ?? keyRemedy)
    }
    if (found === undefined) {
      if (keylessReason !== undefined) return skipped(keylessReason)
      return problem(
        'not-permitted',
        `there is none: ${keyPlaces(nameOf)} are empty`,
        `Create a key in Warp under Settings, Platform, API Keys (https://docs.warp.dev/reference/cli/api-keys). ${keyRemedy}`,
      )
    }
    if (keyWarning(found) !== undefined) {
      return warning(
        `the one from ${found.source} does not begin with wk-`,
        'Check that it is a Warp API key and not another secret.',
      )
    }
    return ok(`from ${found.source}, begins with wk-`)
  },
}
