import type { CliResolver } from '../cli-context.ts'
import { download } from './download.ts'
import { platformCache } from './platform-cache.ts'
import { toolCache } from './tool-cache.ts'

/** Where a CLI comes from that was installed by a step, this one or an earlier one. */
export const installing: readonly CliResolver[] = [toolCache, platformCache, download]
