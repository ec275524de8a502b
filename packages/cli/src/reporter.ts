import { dirname, join } from 'node:path'
import { type OutputValues, type Ports, type Reporter, type StepReport, spell } from '@oz-agent/core'
import type { Detector } from './detect-ci.ts'

/** What a pod may leave for its controller: https://kubernetes.io/docs/tasks/debug/debug-application/determine-reason-pod-failure/ */
const TERMINATION_LOG = '/dev/termination-log'
const TERMINATION_BYTES = 4096

/** What the agent said is for this user alone, unless he has made the file himself. */
const OWN = { mode: 0o600 }

/** How a plain command reports: files, and on request the outputs as lines of a file. */
export function createReporter(detector: Detector, outputsFile: string | undefined, ports: Ports): Reporter {
  return {
    mask: (secret) => {
      const line = detector.maskLine?.(secret)
      return line === undefined ? undefined : ports.log.write(`${line}\n`)
    },
    publish: (report) => publish(report, outputsFile, detector.name, ports),
  }
}

async function publish(
  { result, outputs, summary, resultFile }: StepReport,
  outputsFile: string | undefined,
  ciName: string,
  { files, log }: Ports,
): Promise<void> {
  if (summary !== undefined) {
    await files.write(join(dirname(resultFile), 'summary.md'), `${summary}\n`, OWN)
  }
  if (outputsFile !== undefined) appendTo(outputsFile, renderOutputs(outputs), files)
  if (ciName === 'kubernetes' && (await files.info(TERMINATION_LOG).catch(() => undefined)) !== undefined) {
    const { outcome, exit_code, reason, run } = result
    const message = JSON.stringify({ outcome, exit_code, run_url: run.url, reason })
    appendTo(TERMINATION_LOG, Buffer.from(message).subarray(0, TERMINATION_BYTES).toString(), files)
  }
  await log.write(`Result: ${resultFile}\n`)
}

function appendTo(path: string, text: string, files: Ports['files']): void {
  const file = files.append(path, OWN)
  file.write(text)
  file.close()
}

/**
 * The outputs as `key=value` lines, one each. Backslashes and line breaks are escaped (`\\`, `\n`, `\r`), as readers of
 * `.properties` files (Jenkins' `readProperties`) expect: no value can forge a line. Pure.
 */
export function renderOutputs(outputs: OutputValues): string {
  const lines = Object.entries(outputs).map(([id, value]) => `${spell(id, 'snake')}=${escaped(value)}\n`)
  return lines.join('')
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\r', '\\r').replaceAll('\n', '\\n')
}
