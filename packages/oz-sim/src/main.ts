import { runOz } from './oz.ts'
import { processHost } from './process-host.ts'

process.exit(await runOz(processHost()))
