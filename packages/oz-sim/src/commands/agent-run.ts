import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { has, optionValue, optionValues } from '../cli/command.ts'
import type { CatchableSignal, Host } from '../process-host.ts'
import { Agent, randomId } from '../run/agent.ts'
import { type Ending, fatal } from '../run/ending.ts'
import { conversationStarted, message, runStarted, sessionShared } from '../run/event.ts'
import type { Reaction, Script } from '../script/schema.ts'
import { play } from '../steps/registry.ts'
import { toMs } from '../steps/step.ts'
import { type Context, checkMcp, formatOf, readConfigFile, requireKey } from './context.ts'

/** `oz agent run`: checks what it was given, then plays the script until its end or until it is told to stop. */
export async function agentRun(context: Context): Promise<Ending> {
  const { host, call, script, heard } = context
  const stopping = new AbortController()
  const stop = toldToStop(host, script, heard)
  const cwd = workingFolder(context)
  const harness = optionValue(call, 'harness') ?? 'oz'
  if (['opencode', 'open-code'].includes(harness))
    throw fatal(`The harness '${harness}' runs in the cloud only`)
  const file = optionValue(call, 'file')
  if (file !== undefined) readConfigFile(resolve(host.cwd, file))
  for (const spec of optionValues(call, 'mcp')) checkMcp(spec, host.cwd)
  requireKey(context)
  const agent = new Agent({ host, format: formatOf(call), cwd, ids: ids(context), stopping: stopping.signal })

  const end = await Promise.race([live(context, agent), stop])
  if ('kind' in end) return end
  stopping.abort()
  return windDown(end, agent)
}

async function live(context: Context, agent: Agent): Promise<Ending> {
  const { call, script } = context
  if (script.start !== 'silent') {
    await agent.emit(runStarted(agent.ids.run))
    await agent.emit(conversationStarted(agent.ids.conversation))
    if (has(call, 'share')) await agent.emit(sessionShared(agent.ids.session))
  }
  const ending = await play(script.steps ?? [], agent)
  if (ending.kind === 'exit' && has(call, 'idle-on-complete')) {
    await agent.sleep(toMs(optionValue(call, 'idle-on-complete')))
  }
  if (ending.kind === 'fatal' && has(call, 'idle-on-fail')) {
    await agent.sleep(toMs(optionValue(call, 'idle-on-fail')))
  }
  return ending
}

async function windDown({ reaction }: Stop, agent: Agent): Promise<Ending> {
  await agent.sleep(toMs(reaction.after))
  if (reaction.say) await agent.host.stdout.write(agent.render(message(reaction.say)))
  return { kind: 'exit', code: reaction.exit ?? 0 }
}

function workingFolder({ host, call }: Context): string {
  const given = optionValue(call, 'cwd')
  const folder = resolve(host.cwd, given ?? '.')
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false
  if (!isFolder)
    throw fatal(`Could not change to the folder '${given}'`, ['No such file or directory (os error 2)'])
  return folder
}

const ids = ({ call, script, runId }: Context) => ({
  run: runId,
  conversation: optionValue(call, 'conversation') ?? script.conversation_id ?? randomId(),
  session: script.session_url ?? `https://app.warp.dev/session/${randomId()}`,
})

/** Why and how a run was told to stop. */
interface Stop {
  readonly why: CatchableSignal | 'deadline'
  readonly reaction: Exclude<Reaction, string>
}

/** The agent stops this long before `WARP_SANDBOX_DEADLINE`. */
const DEADLINE_MARGIN_MS = 300_000

/**
 * Resolves when the run is told to stop: by SIGTERM or SIGINT, unless the script ignores them, or by the deadline of
 * its sandbox. `heard` is told of every signal, ignored ones included.
 */
function toldToStop(host: Host, script: Script, heard: (signal: string) => void): Promise<Stop> {
  return new Promise((resolve) => {
    const listen = (why: CatchableSignal, reaction: Reaction): void => {
      if (reaction === 'die') return
      host.onSignal(why, () => {
        heard(why)
        if (reaction !== 'ignore') resolve({ why, reaction: reaction === 'exit-0' ? {} : reaction })
      })
    }
    listen('SIGTERM', script.on_sigterm ?? 'exit-0')
    listen('SIGINT', script.on_sigint ?? 'exit-0')
    const deadline = Number(host.env.WARP_SANDBOX_DEADLINE)
    if (deadline > 0) {
      void host
        .sleep(Math.max(0, deadline * 1000 - DEADLINE_MARGIN_MS - host.now()))
        .then(() =>
          resolve({ why: 'deadline', reaction: { say: 'Stopping: the time of the sandbox is up.' } }),
        )
    }
  })
}
