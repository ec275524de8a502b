import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** How single commands of the stub misbehave, and the secrets that it knows. */
export interface StubBehaviour {
  readonly annotate?: Misbehaviour
  readonly 'meta-data set'?: Misbehaviour
  readonly 'artifact upload'?: Misbehaviour
  readonly 'redactor add'?: Misbehaviour
  readonly 'step update'?: Misbehaviour
  readonly 'secret get'?: Misbehaviour
  readonly secrets?: Readonly<Record<string, string>>
  /** What it says to `--version`; one of the newest by default. */
  readonly version?: string
}
export type Misbehaviour = 'fail' | 'hang' | 'unknown'

/** One call of a hook, as the stub recorded it. */
export interface AgentCall {
  readonly name: string
  readonly args: readonly string[]
  readonly body?: string
  readonly context?: string
  readonly style?: string
  readonly key?: string
  readonly value?: string
  readonly values?: readonly string[]
  readonly paths?: readonly string[]
  /** Of a call that hangs. */
  readonly pid?: number
  /** Why the real agent would refuse this call. */
  readonly refused?: string
}

/** Puts a `buildkite-agent` into a new folder, which is to stand first on PATH. */
export function installStubAgent(folder: string, behaviour: StubBehaviour = {}): void {
  mkdirSync(folder, { recursive: true })
  copyFileSync(join(import.meta.dirname, 'stub-agent.mjs'), join(folder, 'stub-agent.mjs'))
  writeFileSync(join(folder, 'behaviour.json'), JSON.stringify(behaviour))
  // With the Node that runs the tests: a job may have none on its PATH.
  const script = `#!/bin/sh\nexec "${process.execPath}" "${join(folder, 'stub-agent.mjs')}" "$@"\n`
  writeFileSync(join(folder, 'buildkite-agent'), script)
  chmodSync(join(folder, 'buildkite-agent'), 0o755)
}

export function agentCalls(folder: string): readonly AgentCall[] {
  const file = join(folder, 'calls.ndjson')
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map((line) => JSON.parse(line) as AgentCall)
}

/** Whether a call was made, also while others are being written. */
export function hasCalled(folder: string, name: string): boolean {
  const file = join(folder, 'calls.ndjson')
  return existsSync(file) && readFileSync(file, 'utf8').includes(JSON.stringify({ name }).slice(1, -1))
}
