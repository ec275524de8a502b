import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { attempt } from './attempt.ts'
import { installedOnce } from './installed-once.ts'
import type { RunnerState } from './runner.ts'

/** A Go program to build from its module; `builtAs` is what `go install` calls it when that is not its name. */
export interface GoProgram {
  readonly name: string
  readonly module: string
  readonly version: string
  readonly builtAs?: string
  readonly timeoutMs?: number
}

/** Builds the program with the machine's own Go; downloads no other Go. */
export function fromGo({ name, module, version, builtAs, timeoutMs }: GoProgram): Promise<RunnerState> {
  return installedOnce(name, version, name, async (folder) => {
    const env = { GOBIN: folder, GOTOOLCHAIN: 'local' }
    const failure = await attempt('go', ['install', `${module}@v${version}`], {
      env,
      ...(timeoutMs && { timeoutMs }),
    })
    if (!failure && builtAs) await rename(join(folder, builtAs), join(folder, name))
    return failure
  })
}
