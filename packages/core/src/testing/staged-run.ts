import { NO_EVENTS } from '../agent/run-state.ts'
import { createRedactor } from '../auth/redactor.ts'
import type { Result } from '../contract/result.ts'
import { createStop } from '../process/stop.ts'
import { type Supervision, supervise } from '../process/supervise.ts'
import type { LogFormat, LogItem } from '../report/log-format.ts'
import { buildResult, type ResultParts } from '../report/result.ts'
import { FakeProcesses, type Nature } from './fake-processes.ts'
import { FakeClock, FakeStopSignals, fakeMachine } from './fakes.ts'

/** Lines as `oz agent run --output-format=json` prints them, each with its newline. */
export const eventLines = {
  runStarted: (runId = 'run-1', runUrl = `https://oz.warp.dev/runs/${runId}`) =>
    eventLine({ type: 'system', event_type: 'run_started', run_id: runId, run_url: runUrl }),
  conversationStarted: (id = 'conversation-1') =>
    eventLine({ type: 'system', event_type: 'conversation_started', conversation_id: id }),
  sessionShared: (url = 'https://app.warp.dev/session/1') =>
    eventLine({ type: 'system', event_type: 'shared_session_established', join_url: url }),
  agent: (text: string) => eventLine({ type: 'agent', text }),
  reasoning: (text: string) => eventLine({ type: 'agent_reasoning', text }),
  call: (tool: string, input: object = {}) => eventLine({ type: 'tool_call', tool, ...input }),
  result: (tool: string, output: object = {}) => eventLine({ type: 'tool_result', tool, ...output }),
  command: (command: string, exitCode: number, output: string) =>
    eventLine({ type: 'tool_call', tool: 'run_command', command }) +
    eventLine({ type: 'tool_result', tool: 'run_command', status: 'complete', exit_code: exitCode, output }),
  pullRequest: (url: string, branch = 'oz/fix') =>
    eventLine({ type: 'artifact_created', artifact_type: 'pull_request', url, branch }),
}

/** Any object as one line of the stream. */
export function eventLine(event: object): string {
  return `${JSON.stringify(event)}\n`
}

/** The bytes of a text in pieces that end at the given places (in any order; those out of range are left out). */
export function cutBytes(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const inside = places.filter((place) => place > 0 && place < bytes.length).sort((a, b) => a - b)
  const borders = [0, ...inside, bytes.length]
  return borders.slice(1).map((border, index) => Uint8Array.from(bytes.subarray(borders[index], border)))
}

/** A result of a run that succeeded, with the given parts changed. */
export function aResult(changed: Partial<ResultParts> = {}): Result {
  return buildResult({
    outcome: 'succeeded',
    exitCode: 0,
    reason: 'the agent finished',
    state: {
      ...NO_EVENTS,
      runId: 'run-1',
      runUrl: 'https://oz.warp.dev/runs/run-1',
      finalMessage: 'All done.',
    },
    timing: { startedAt: Date.UTC(2026, 7, 19), install: 5, startup: 20, firstEvent: 300, total: 65_000 },
    cli: { path: '/opt/oz', version: 'v0.2026.08.19.08.14.stable_01', sha256: undefined, source: 'path' },
    ci: { name: 'plain', jobUrl: undefined, commit: undefined },
    warnings: [],
    redactor: createRedactor([]),
    ...changed,
  })
}

/** One line an item, with its kind in front; for tests that look at what is logged. */
export class PlainLogFormat implements LogFormat {
  format(item: LogItem): string {
    switch (item.kind) {
      case 'say':
      case 'body':
        return `${item.kind}: ${item.text}\n`
      case 'open':
        return `open: ${item.title}\n`
      case 'close':
        return item.failed ? 'close: failed\n' : 'close\n'
      case 'note':
        return `${item.level}: ${item.title === undefined ? '' : `${item.title}: `}${item.text}\n`
      case 'link':
        return `link: ${item.label} ${item.url}\n`
    }
  }
}

/** What a staged run is given to wind down, in ms. */
export const stagedWindDown = { cancelGrace: 5000, deadlineGrace: 30_000 }

/** What a test may set of a staged run; `timeoutAt` is a reading of the clock. */
export type StagedRequest = Partial<Supervision> & { readonly timeoutAt?: number }

/** A supervised run under a clock that the test moves; its agent is deaf to SIGTERM or obeys it. */
export function stageRun(nature: Nature = 'obedient', { timeoutAt, ...request }: StagedRequest = {}) {
  const clock = new FakeClock()
  const processes = new FakeProcesses()
  const stop = new FakeStopSignals()
  processes.nature = nature
  const said: string[] = []
  const take = (chunk: Uint8Array): void => void said.push(new TextDecoder().decode(chunk))
  const supervision: Supervision = {
    command: { file: '/opt/oz', args: [], env: {} },
    startupTimeout: 0,
    marker: 'm4rk3r',
    onStdout: take,
    onStderr: take,
    isAlive: () => said.length > 0,
    ...request,
  }
  const run = () => {
    const watched = createStop(stagedWindDown, { clock, stop })
    if (timeoutAt !== undefined) watched.setDeadline(timeoutAt)
    return supervise(supervision, watched, { clock, processes, machine: fakeMachine() }).finally(() =>
      watched.end(),
    )
  }
  const sent = () => processes.signals.map(({ pid, signal }) => `${signal} ${pid}`)
  return { clock, processes, stop, said, run, sent }
}
