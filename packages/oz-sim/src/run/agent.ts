import type { OutputFormat } from '../cli/grammar.ts'
import type { Host } from '../process-host.ts'
import { type AgentEvent, prose } from './event.ts'

/** An id in the form of a UUID. Nothing depends on its being secret, and `node:crypto` is slow to load. */
export function randomId(): string {
  return '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) =>
    (Number(digit) ^ (Math.floor(Math.random() * 16) >> (Number(digit) / 4))).toString(16),
  )
}

export interface AgentIds {
  readonly run: string
  readonly conversation: string
  readonly session: string
}

/** What a step may use: the machine, the working folder, and the ways in which an agent speaks. */
export class Agent {
  readonly host: Host
  readonly format: OutputFormat
  readonly cwd: string
  readonly ids: AgentIds
  /** Aborts when the run is winding down. */
  readonly stopping: AbortSignal

  constructor(parts: {
    readonly host: Host
    readonly format: OutputFormat
    readonly cwd: string
    readonly ids: AgentIds
    readonly stopping: AbortSignal
  }) {
    this.host = parts.host
    this.format = parts.format
    this.cwd = parts.cwd
    this.ids = parts.ids
    this.stopping = parts.stopping
  }

  /** The event as it stands on stdout in the chosen format, with its newline; empty when prose does not show it. */
  render(event: AgentEvent): string {
    if (this.format === 'json' || this.format === 'ndjson') return `${JSON.stringify(event)}\n`
    const text = prose(event)
    return text === undefined ? '' : `${text}\n`
  }

  emit(event: AgentEvent): Promise<void> {
    return this.write(this.render(event))
  }

  /** Writes to stdout as it is; once the run winds down the agent falls silent. */
  async write(bytes: string | Uint8Array): Promise<void> {
    if (this.stopping.aborted) return new Promise(() => {})
    await this.host.stdout.write(bytes)
  }

  error(text: string): Promise<void> {
    return this.host.stderr.write(text)
  }

  sleep(ms: number): Promise<void> {
    return this.host.sleep(ms)
  }
}
