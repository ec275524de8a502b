import { saveState, setOutput, setSecret, summary as stepSummary } from '@actions/core'
import {
  type Environment,
  type LogFormat,
  messageOf,
  outcomeNamed,
  type Reporter,
  type StepReport,
  spell,
  type TextSink,
} from '@oz-agent/core'
import { type CommandFiles, describeForeign } from './command-files.ts'

/** The state by which the post step finds the main step's folder; arrives there as `STATE_…`. */
export const FOLDER_STATE = 'oz_agent_folder'

/**
 * How a step reports on GitHub: masks, state, outputs, the step summary and annotations, by the runner's own toolkit.
 * A command file that the runner did not give (an old runner, a bare shell) gets nothing.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function createGitHubReporter(
  env: Environment,
  stepFolder: string,
  logFormat: LogFormat,
  log: TextSink,
  commandFiles: CommandFiles,
): Reporter {
  return {
    mask: maskSecret,
    remember() {
      if (!env.GITHUB_STATE) return
      commandFiles.prepare('GITHUB_STATE')
      saveState(FOLDER_STATE, stepFolder)
      commandFiles.keep('GITHUB_STATE')
    },
    async publish({ result, outputs, summary }: StepReport) {
      // The agent has ended: from here on, what stands in these files is ours.
      for (const foreign of commandFiles.restore()) {
        const text = describeForeign(foreign)
        await log.write(logFormat.format({ kind: 'note', level: 'warning', text }))
      }
      if (env.GITHUB_OUTPUT)
        for (const [id, value] of Object.entries(outputs)) setOutput(spell(id, 'snake'), value)
      if (summary !== undefined && env.GITHUB_STEP_SUMMARY) await writeSummary(summary, logFormat, log)
      const { verdict } = outcomeNamed(result.outcome)
      if (verdict === 'success') return
      const { message = result.reason, remedy } = result.error ?? {}
      const level = verdict === 'neutral' ? 'notice' : 'error'
      const text = remedy ? `${message}\n${remedy}` : message
      await log.write(logFormat.format({ kind: 'note', level, title: `Oz agent: ${result.outcome}`, text }))
    },
  }
}

/** Hides a secret in the log from here on; the runner masks line by line, so each line is named. */
function maskSecret(secret: string): void {
  const lines = secret.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '')
  if (lines.length > 1) setSecret(secret)
  for (const line of lines) setSecret(line)
}

/** A summary is for people to read: without it, the step is what it was. */
async function writeSummary(text: string, logFormat: LogFormat, log: TextSink): Promise<void> {
  try {
    await stepSummary.addRaw(text).write()
  } catch (error) {
    const warning = `The step summary could not be written: ${messageOf(error)}`
    await log.write(logFormat.format({ kind: 'note', level: 'warning', text: warning }))
  }
}
