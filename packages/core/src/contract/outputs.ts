import * as z from 'zod/mini'

const output = (description: string) => z.string().check(z.describe(description))

/** What a step hands on, on every outcome, as text; a value that does not apply is the empty string. */
export const outputsSchema = z.object({
  outcome: output('How the step ended: one of the outcomes of the table.'),
  exitCode: output('The exit code of that outcome; the same number on every CI.'),
  agentOutput: output(
    "What the agent said as Markdown, or its events as NDJSON with `output_format: json`. Cut at the platform's limit; the files hold the whole.",
  ),
  finalMessage: output("The agent's last message: its answer."),
  runId: output('The id of the Oz run.'),
  runUrl: output('The page of the run in Oz.'),
  sessionUrl: output('The shared session that a person can join.'),
  conversationId: output('Hand it to the `conversation` input of a later step to continue.'),
  pullRequestUrl: output('The last pull request that the agent opened.'),
  artifacts: output('JSON list of what the agent made: pull requests, plans, files, screenshots.'),
  durationSeconds: output('The whole step, in seconds.'),
  resultFile: output('Path of `result.json`.'),
  transcriptFile: output('Path of `transcript.ndjson`: every event, redacted.'),
})

/** Every output of one step, as text; platforms spell the names and cut the values. */
export type OutputValues = Readonly<z.infer<typeof outputsSchema>>
export type OutputId = keyof OutputValues

export interface OutputSpec {
  readonly id: OutputId
  readonly description: string
}

/** The outputs in the order of the contract, for manifests and tables. */
export const OUTPUTS: readonly OutputSpec[] = Object.entries(outputsSchema.shape).map(([id, schema]) => ({
  id: id as OutputId,
  description: z.globalRegistry.get(schema)?.description ?? '',
}))
