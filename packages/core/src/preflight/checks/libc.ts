import { GLIBC_REMEDY } from '../../cli/explain-start.ts'
import { detectLibc } from '../../cli/machine-facts.ts'
import type { Check } from '../check.ts'
import { ok, problem, skipped, warning } from '../finding.ts'

export const libc: Check = {
  id: 'libc',
  group: 'machine',
  title: 'C library',
  async run({ ports }) {
    const found = await detectLibc(ports.files, ports.machine)
    switch (found.kind) {
      case 'system':
        return skipped('only Linux has more than one')
      case 'glibc':
        return ok(`glibc (${found.evidence})`)
      case 'musl':
        return problem('unavailable', `musl (${found.evidence}), and the CLI needs glibc`, GLIBC_REMEDY)
      case 'unknown':
        return warning(
          'neither glibc nor musl is where it usually is',
          'Use an image with glibc in its usual place (Debian or Ubuntu); on NixOS, enable nix-ld.',
        )
    }
  },
}
