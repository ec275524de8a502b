import type { OutcomeName } from '../contract/outcomes.ts'
import type { ExitStatus } from '../ports.ts'
import type { StopReason } from '../process/stop.ts'

/** What the last words of a CLI that failed tell of the reason. */
export interface FailureReason {
  readonly outcome: Extract<OutcomeName, 'not-permitted' | 'temporary' | 'unavailable' | 'blocked'>
  readonly message: string
  readonly remedy: string
}

interface FailurePattern extends FailureReason {
  readonly pattern: RegExp
}

const NEW_KEY =
  'Create a key in Warp under Settings, Platform, API Keys, and store it as a secret of this CI.'
const RETRY =
  'Run the step again; if it keeps failing, look at the status of the service and of your network.'

/**
 * Most telling first. The codes are those of the Oz API's problem documents
 * (https://docs.warp.dev/reference/api-and-sdk), the sentences those of the CLI.
 */
const PATTERNS: readonly FailurePattern[] = [
  {
    pattern:
      /api key (is|has|was)\s+(invalid|expired|revoked|not valid)|invalid api key|authentication[-_ ]required|\b401\b.*unauthori[sz]ed|unauthori[sz]ed.*\b401\b/i,
    outcome: 'not-permitted',
    message: 'Warp refused the API key',
    remedy: NEW_KEY,
  },
  {
    pattern: /external[-_ ]authentication[-_ ]required/i,
    outcome: 'not-permitted',
    message: 'a service that the run needs asks for authorisation',
    remedy: 'Open the link in the log and authorise it once.',
  },
  {
    pattern: /insufficient[-_ ]credits|out of credits|no credits (left|remaining)/i,
    outcome: 'not-permitted',
    message: 'the credits are used up',
    remedy: 'Add credits, or wait until they are renewed.',
  },
  {
    pattern: /budget[-_ ]exceeded|spend(ing)? limit/i,
    outcome: 'not-permitted',
    message: 'the budget is used up',
    remedy: 'Raise the budget of the team or of the key.',
  },
  {
    pattern: /content[-_ ]policy[-_ ]violation/i,
    outcome: 'not-permitted',
    message: 'the request was refused by a content policy',
    remedy: 'Change the prompt; a retry will end the same way.',
  },
  {
    pattern:
      /not[-_ ]authori[sz]ed|feature[-_ ]not[-_ ]available|permission denied by (the )?(server|policy)|\b403\b.*forbidden|forbidden.*\b403\b/i,
    outcome: 'not-permitted',
    message: 'the key may not do this',
    remedy: 'Check what the owner of the key may do, and the plan of the team.',
  },
  {
    pattern:
      /too many requests|rate[-_ ]limit(ed| exceeded)|\b(status|code|error|http(\/[\d.]+)?)[ :=(]+(code:? )?429\b/i,
    outcome: 'temporary',
    message: 'the service limits the rate of requests (429)',
    remedy: RETRY,
  },
  {
    pattern:
      /\b(status|code|error|http(\/[\d.]+)?)[ :=(]+(code:? )?50[0234]\b|\b50[0234] (internal|bad|service|gateway)|(service|resource)[-_ ](temporarily[-_ ])?unavailable|bad gateway|gateway time-?out|internal[-_ ]server[-_ ]error/i,
    outcome: 'temporary',
    message: 'the service had a passing fault (5xx)',
    remedy: RETRY,
  },
  {
    pattern:
      /connection (refused|reset|closed|timed out)|connection error|network (is )?unreachable|no route to host|could not resolve host|dns error|failed to lookup address|temporary failure in name resolution|tls handshake|operation timed out|error sending request|websocket.*(closed|disconnected)/i,
    outcome: 'temporary',
    message: 'the network failed',
    remedy:
      'Check that this machine reaches app.warp.dev, rtc.app.warp.dev and sessions.app.warp.dev on port 443 (proxy: HTTPS_PROXY, NO_PROXY), then run the step again.',
  },
  {
    pattern:
      /error while loading shared libraries|GLIBC_[\d.]+' not found|cannot open shared object file|exec format error/i,
    outcome: 'unavailable',
    message: 'the CLI cannot run on this machine',
    remedy: 'Use a glibc-based image (Debian, Ubuntu) of the same architecture as the CLI.',
  },
]

/** Reads the reason out of the last output of a CLI that failed; undefined when it is not one that we know. */
export function classifyFailure(tail: string): FailureReason | undefined {
  const found = PATTERNS.find(({ pattern }) => pattern.test(tail))
  return found && { outcome: found.outcome, message: found.message, remedy: found.remedy }
}

/** What `report-shutdown` is told of a run that did not end well; the CLI takes both or neither. */
export interface CloseReason {
  readonly category: 'process_exit' | 'timeout' | 'oom'
  readonly message: string
}

/** Why a run is over; undefined when it ended by itself with 0. */
export function closeReason(
  exit: ExitStatus | undefined,
  stop: StopReason | undefined,
): CloseReason | undefined {
  switch (stop?.kind) {
    case 'cancelled':
      return { category: 'process_exit', message: `The CI job was cancelled (${stop.signal}).` }
    case 'deadline':
      return { category: 'timeout', message: 'The time limit of the CI step passed.' }
    case 'startup-timeout':
      return { category: 'timeout', message: 'The agent showed no sign of life after its start.' }
  }
  if (exit === undefined) return { category: 'process_exit', message: 'The agent did not start.' }
  if (isLikelyOutOfMemory(exit, stop)) {
    const message = 'The agent was killed (SIGKILL), most likely because the machine ran out of memory.'
    return { category: 'oom', message }
  }
  if (exit.kind === 'signal') {
    return { category: 'process_exit', message: `The agent was ended by ${exit.signal}.` }
  }
  if (exit.code === 0) return undefined
  return { category: 'process_exit', message: `The agent exited with status ${exit.code}.` }
}

/**
 * Whether the agent was killed though nobody here told it to stop: Linux kills so when memory runs out
 * (https://docs.kernel.org/admin-guide/mm/concepts.html#oom-killer), and a shell then reports 137.
 */
export function isLikelyOutOfMemory(exit: ExitStatus, stop: StopReason | undefined): boolean {
  if (stop !== undefined) return false
  return exit.kind === 'signal' ? exit.signal === 'SIGKILL' : exit.code === 137
}
