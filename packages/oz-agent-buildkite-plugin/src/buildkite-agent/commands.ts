import { type Environment, type Milliseconds, messageOf, type Ports } from '@oz-agent/core'
import { reportGrace } from '../grace-period.ts'

/** The result of a command of the Buildkite agent: what it printed, or why it failed. */
export type CallResult =
  | { readonly ok: true; readonly stdout: string }
  | { readonly ok: false; readonly reason: string }

export type AnnotationStyle = 'success' | 'info' | 'warning' | 'error'

/**
 * The commands of the Buildkite agent for use in a job. None of them rejects, takes longer than its limit, or delays
 * the end of a cancelled job. So a failure can be reported without failing the step.
 * https://buildkite.com/docs/agent/cli/reference
 */
export interface AgentCommands {
  /** @param signal ends the call. */
  annotate(
    body: string,
    context: string,
    style: AnnotationStyle,
    limit: Milliseconds,
    signal?: AbortSignal,
  ): Promise<CallResult>
  setMetaData(key: string, value: string, limit: Milliseconds): Promise<CallResult>
  /** Paths are relative to `folder`, which is no part of the artifacts' names. */
  uploadArtifacts(paths: readonly string[], folder: string, limit: Milliseconds): Promise<CallResult>
  setLabel(label: string, limit: Milliseconds): Promise<CallResult>
  addRedactions(secrets: readonly string[], limit: Milliseconds): Promise<CallResult>
  /** The Buildkite agent masks the value in the log before it prints it. */
  getSecret(name: string, limit: Milliseconds): Promise<CallResult>
  getVersion(limit: Milliseconds): Promise<CallResult>
}

interface CallOptions {
  readonly input?: string
  readonly cwd?: string
  readonly signal?: AbortSignal
}

const MAX_OUTPUT = 1_048_576

export function createAgentCommands(
  env: Environment,
  checkout: string,
  ports: Pick<Ports, 'processes' | 'stop' | 'clock'>,
): AgentCommands {
  async function call(
    args: readonly string[],
    limit: Milliseconds,
    { input, cwd = checkout, signal }: CallOptions = {},
  ): Promise<CallResult> {
    const command = { file: 'buildkite-agent', args, env, cwd }
    const cut = abortAfterCancel(reportGrace(env, 0), ports)
    const limits = {
      timeout: limit,
      maxBytes: MAX_OUTPUT,
      ...(input !== undefined && { input }),
      signal: signal === undefined ? cut.signal : AbortSignal.any([signal, cut.signal]),
    }
    try {
      const { exit, stdout, stderr, timedOut } = await ports.processes.run(command, limits)
      if (cut.signal.aborted) return { ok: false, reason: 'the job was cancelled meanwhile' }
      if (timedOut) return { ok: false, reason: `gave no answer within ${limit} ms` }
      if (exit.kind === 'code' && exit.code === 0) return { ok: true, stdout }
      const how = exit.kind === 'code' ? `ended with ${exit.code}` : `ended by ${exit.signal}`
      return { ok: false, reason: [how, lastLine(stderr || stdout)].filter(Boolean).join(': ') }
    } catch (error) {
      return { ok: false, reason: messageOf(error) }
    } finally {
      cut.forget()
    }
  }

  return {
    annotate: (body, context, style, limit, signal) =>
      call(['annotate', '--context', context, '--style', style], limit, {
        input: body,
        ...(signal && { signal }),
      }),
    setMetaData: (key, value, limit) => call(['meta-data', 'set', key], limit, { input: value }),
    uploadArtifacts: (paths, folder, limit) =>
      call(['artifact', 'upload', paths.join(';')], limit, { cwd: folder }),
    setLabel: (label, limit) => call(['step', 'update', 'label'], limit, { input: label }),
    addRedactions: (secrets, limit) => {
      const named = Object.fromEntries(secrets.map((secret, index) => [`secret_${index + 1}`, secret]))
      return call(['redactor', 'add', '--format', 'json'], limit, { input: JSON.stringify(named) })
    },
    getSecret: (name, limit) => call(['secret', 'get', name], limit),
    getVersion: (limit) => call(['--version'], limit),
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? ''
}

/**
 * An abort signal for a call that runs while the job is cancelled: it fires that long after the job's signal. Calls
 * that begin later have limits of their own.
 */
function abortAfterCancel(grace: Milliseconds, { stop, clock }: Pick<Ports, 'stop' | 'clock'>) {
  const late = new AbortController()
  let forgetTimer = () => {}
  const forgetSignal = stop.listen(() => {
    forgetTimer()
    forgetTimer = clock.after(grace, () => late.abort())
  })
  return {
    signal: late.signal,
    /** Must be called when the call is over. */
    forget(): void {
      forgetSignal()
      forgetTimer()
    },
  }
}
