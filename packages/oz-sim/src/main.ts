import { setUpAction } from './install/set-up.ts'
import { runOz } from './oz.ts'
import { processHost } from './process-host.ts'

// One file is both: the installed `oz` starts it with its own path as first argument, the runner of an action with none.
const [, program = '', executable] = process.argv
process.exit(
  executable === undefined
    ? await setUpAction(
        process.env,
        { program, node: process.execPath, platform: process.platform },
        console.log,
      )
    : await runOz(processHost(executable)),
)
