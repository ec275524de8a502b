import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { has, optionValue } from './cli/command.ts'
import { ozGrammar } from './cli/grammar.ts'
import { type ParseResult, parseArgs } from './cli/parse.ts'
import { agentRun } from './commands/agent-run.ts'
import { agentRunCloud, runGet } from './commands/cloud.ts'
import type { Context } from './commands/context.ts'
import { acknowledge, getOne, list, reportShutdown, version, whoami } from './commands/others.ts'
import { readSettings, type Settings } from './install/settings.ts'
import type { Host } from './process-host.ts'
import { callStart, Recorder } from './record/calls.ts'
import { randomId } from './run/agent.ts'
import { channelOf, type Ending, log, logFile, perform, RunEnded, SimError } from './run/ending.ts'
import { RunStore, type Selected, selectScript } from './script/select.ts'

/** What carries out each command, by its words. */
const COMMANDS: Readonly<Record<string, (context: Context) => Promise<Ending>>> = {
  'agent run': agentRun,
  'agent run-cloud': agentRunCloud,
  'agent list': list,
  whoami,
  'run get': runGet,
  'model list': list,
  'environment list': list,
  'environment get': getOne,
  'schedule create': acknowledge,
  'schedule update': acknowledge,
  'integration create': acknowledge,
  'integration update': acknowledge,
  'harness-support report-shutdown': reportShutdown,
}

/** Acts as `oz`, from the command line to the exit status. A crash that the script asks for never comes back. */
export async function runOz(host: Host): Promise<number> {
  try {
    return await act(host)
  } catch (error) {
    if (!(error instanceof SimError)) throw error
    await host.stderr.write(`oz-sim: ${error.message}\n`)
    return 1
  }
}

async function act(host: Host): Promise<number> {
  const name = basename(host.executable)
  const settings = readSettings(host.executable)
  const parsed = parseArgs(ozGrammar(name), host.args, host.env)
  const folder = host.env.OZ_SIM_RECORD || settings.record
  const store = new RunStore(folder ?? join(tmpdir(), 'oz-sim'))
  const selected = scriptFor(host, parsed, settings, store)

  const id = randomId()
  const runId = selected.script.run_id ?? id
  const command = parsed.kind === 'call' ? parsed.call.command.join(' ') : parsed.kind
  const recorder = new Recorder(selected.script.record ?? folder, id)
  recorder.started(callStart(host, parsed, selected, command.startsWith('agent run') ? runId : undefined))
  if (command === 'agent run-cloud' || selected.fromPrompt) store.save(runId, selected.script)

  const heard: string[] = []
  const ending = await attempt(parsed, host, selected, store, runId, heard)
  const file = logFile(host.platform, host.env, channelOf(name))
  log(file, host.now(), `${command}: ${JSON.stringify(ending)}`)
  recorder.ended({
    time: host.now(),
    exit: ending.kind === 'signal' ? { signal: ending.signal } : { code: ending.code },
    heard,
  })
  return perform(ending, host, file)
}

/** A run that a prompt's marker set up keeps its script for the calls that only name its id. */
function scriptFor(host: Host, parsed: ParseResult, settings: Settings, store: RunStore): Selected {
  const call = parsed.kind === 'call' ? parsed.call : undefined
  const words = call?.command.join(' ')
  const runId = words === 'run get' ? call?.positionals[0] : call && optionValue(call, 'run-id')
  const saved = runId === undefined ? undefined : store.load(runId)
  if (saved) return { script: saved, origin: `run ${runId}` }
  return selectScript({ prompt: call && optionValue(call, 'prompt'), env: host.env, settings })
}

async function attempt(
  parsed: ParseResult,
  host: Host,
  { script }: Selected,
  store: RunStore,
  runId: string,
  heard: string[],
): Promise<Ending> {
  try {
    switch (parsed.kind) {
      case 'version':
        return await version(host, script)
      case 'help':
        await host.stdout.write(parsed.text)
        return { kind: 'exit', code: 0 }
      case 'usage-error':
        await host.stderr.write(parsed.text)
        return { kind: 'exit', code: 2 }
      case 'call': {
        const hear = (signal: string) => heard.push(signal)
        return await carryOut({ host, call: parsed.call, script, store, runId, heard: hear })
      }
    }
  } catch (error) {
    if (error instanceof RunEnded) return error.ending
    // A reader that went away: the real CLI fails on the broken pipe too.
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return { kind: 'exit', code: 1 }
    throw error
  }
}

/** Options that change what a command does in a way that the stand-in does not follow. */
const NOT_FOLLOWED: Readonly<Record<string, readonly string[]>> = {
  'run get': ['jq', 'conversation'],
  'agent list': ['jq', 'sort-by'],
}

async function carryOut(context: Context): Promise<Ending> {
  const words = context.call.command.join(' ')
  const option = NOT_FOLLOWED[words]?.find((long) => has(context.call, long))
  const command = COMMANDS[words]
  if (command && !option) return command(context)
  const what = `oz ${words}`.trim() + (option ? ` --${option}` : '')
  await context.host.stderr.write(
    `oz-sim: the stand-in does not simulate '${what}', though the real CLI has it\n`,
  )
  return { kind: 'exit', code: 1 }
}
