import { download, platformCache, toolCache } from '../../install/cache.ts'
import type { CliResolver } from '../../install/resolve.ts'

/** Where a CLI comes from that was installed by a step, this one or an earlier one. */
export const installing: readonly CliResolver[] = [toolCache, platformCache, download]
