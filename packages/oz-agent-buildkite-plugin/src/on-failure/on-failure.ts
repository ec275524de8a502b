import { resolve } from 'node:path'
import { checkRequest, formatDuration, RunnerError, receiveInputs, runStep } from '@oz-agent/core'
import { createAdapter, type HookParts } from '../adapter.ts'
import { defaultTimeout } from '../ci.ts'
import { errorGroup } from '../log-format.ts'
import type { CommandRun } from '../report/command-runs.ts'
import { failureInputs, inputsBefore, promptFileOf } from './failure-prompt.ts'
import { runShown, type ShownResult } from './run-command.ts'
import { stepCommand } from './step-command.ts'

/**
 * Runs the step's own command, and the agent when it fails. Returns the exit status of the hook: the command's,
 * whatever the agent did. With `rerun-after-fix` the status is 0 when the command passes after the agent succeeded.
 */
export async function runOnFailure(parts: HookParts): Promise<number> {
  const { ports, configuration, env } = parts
  const began = ports.clock.elapsed()
  const spent = () => ports.clock.elapsed() - began
  const runs: CommandRun[] = []
  const { adapter, rememberCheckout, updateReports } = await createAdapter(parts, () => runs)
  const given = adapter.inputs.raw
  const early = { ...adapter, inputs: { ...adapter.inputs, raw: inputsBefore(given) } }

  const received = await receiveInputs(early, ports)
  for (const secret of received.secrets) await adapter.reporter.mask(secret)
  // Wrong options are reported before the command runs. A missing key is not: only a failure needs one.
  if (await isInvalid(checkRequest(received, early, ports))) return (await runStep(early, ports)).exitCode

  // Read now, because the command may change the file.
  const fileText = await promptFileText(parts)
  const shownCommand = {
    ...parts,
    command: await stepCommand(env, ports.machine.cwd, ports.files),
    secrets: received.secrets,
  }
  const run = async (header: string): Promise<ShownResult> => {
    const start = ports.clock.elapsed()
    const result = await runShown(header, shownCommand)
    const exitStatus = result.kind === 'failed' ? result.failure.exitStatus : result.status
    runs.push({ exitStatus, duration: ports.clock.elapsed() - start })
    return result
  }
  const first = await run('+++ :hammer: Running the command of this step')
  if (first.kind !== 'failed') return first.status
  const { failure } = first
  const runAgent = async () => {
    await rememberCheckout()
    const inputs = { ...adapter.inputs, raw: failureInputs(given, fileText, failure) }
    // The step's own command has used a part of the job's limit.
    const ci = { ...adapter.ci, defaultTimeout: defaultTimeout(env, spent()) }
    return (await runStep({ ...adapter, ci, inputs }, ports)).outcome
  }

  const time = formatDuration(spent())
  await ports.log.write(
    `+++ :robot_face: The command failed with ${failure.exitStatus} after ${time}: calling Oz\n`,
  )
  // Whatever goes wrong from here on, it was the command that failed.
  const outcome = await runAgent().catch((error: unknown) => ports.log.write(errorGroup(error)))
  if (outcome !== 'succeeded' || !configuration.own['rerun-after-fix']) return failure.exitStatus
  const second = await run('+++ :hammer: Running the command again')
  await updateReports()
  return second.kind === 'failed' ? failure.exitStatus : second.status
}

async function isInvalid(check: Promise<unknown>): Promise<boolean> {
  try {
    await check
    return false
  } catch (error) {
    return error instanceof RunnerError && error.code === 'invalid-input'
  }
}

async function promptFileText({ configuration, checkout, ports }: HookParts): Promise<string | undefined> {
  const path = promptFileOf(configuration.inputs)
  return path === undefined ? undefined : ports.files.readText(resolve(checkout, path))
}
