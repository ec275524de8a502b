import { resolve } from 'node:path'
import { checkRequest, formatDuration, RunnerError, receiveInputs, runStep } from '@oz-agent/core'
import { stepCommand } from '../command/step-command.ts'
import { failureInputs, inputsBefore, promptFileOf } from './failure-inputs.ts'
import { createHookHost, type HookParts } from './hook-parts.ts'
import { runShown } from './run-shown.ts'
import { tellFault } from './tell-fault.ts'

/**
 * Runs the step's own command, and the agent when it fails. Returns the hook's exit status: the command's, whatever
 * the agent did, unless the command is run again after the agent succeeded, and passes.
 */
export async function runOnFailure(parts: HookParts): Promise<number> {
  const { ports, configuration, env } = parts
  const began = ports.clock.elapsed()
  const spent = () => ports.clock.elapsed() - began
  let prepareInputs = inputsBefore
  const { host, noteState } = createHookHost(parts, {
    prepareInputs: (inputs) => prepareInputs(inputs),
    spent,
  })

  const received = await receiveInputs(host, ports)
  for (const secret of received.secrets) await host.mask(secret)
  // Wrong options must not wait for a failure to be found; a missing key may: without a failure none is needed.
  if (await isInvalid(checkRequest(received, host, ports))) return (await runStep(host, ports)).exitCode

  // Read now: the command may change the file.
  const task = await promptFile(parts)
  const order = {
    ...parts,
    command: await stepCommand(env, ports.machine.cwd, ports.files),
    secrets: received.secrets,
  }
  const first = await runShown('+++ :hammer: Running the command of this step', order)
  if (first.kind !== 'failed') return first.status
  const { failure } = first
  const callAgent = async () => {
    prepareInputs = (inputs) => failureInputs(inputs, task, failure)
    await noteState()
    return (await runStep(host, ports)).outcome
  }

  const time = formatDuration(spent())
  await ports.log.write(
    `+++ :robot_face: The command failed with ${failure.exitStatus} after ${time}: calling Oz\n`,
  )
  // Whatever goes wrong from here on, it was the command that failed.
  const outcome = await callAgent().catch((error: unknown) => tellFault(error, ports))
  if (outcome !== 'succeeded' || !configuration.own['rerun-after-fix']) return failure.exitStatus
  const second = await runShown('+++ :hammer: Running the command again', order)
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

async function promptFile({ configuration, checkout, ports }: HookParts): Promise<string | undefined> {
  const path = promptFileOf(configuration.inputs)
  return path === undefined ? undefined : ports.files.readText(resolve(checkout, path))
}
