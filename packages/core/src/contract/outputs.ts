export interface OutputSpec {
  readonly id: string
  readonly description: string
}

/** What a step hands on, on every outcome; a value that does not apply is the empty string. */
export const OUTPUTS = [
  { id: 'outcome', description: 'How the step ended: one of the outcomes of the table.' },
  { id: 'exitCode', description: 'The exit code of that outcome; the same number on every CI.' },
  {
    id: 'agentOutput',
    description:
      "What the agent said as Markdown, or its events as NDJSON with `output_format: json`. Cut at the platform's limit; the files hold the whole.",
  },
  { id: 'finalMessage', description: "The agent's last message: its answer." },
  { id: 'runId', description: 'The id of the Oz run.' },
  { id: 'runUrl', description: 'The page of the run in Oz.' },
  { id: 'sessionUrl', description: 'The shared session that a person can join.' },
  { id: 'conversationId', description: 'Hand it to the `conversation` input of a later step to continue.' },
  { id: 'pullRequestUrl', description: 'The last pull request that the agent opened.' },
  {
    id: 'artifacts',
    description: 'JSON list of what the agent made: pull requests, plans, files, screenshots.',
  },
  { id: 'durationSeconds', description: 'The whole step, in seconds.' },
  { id: 'resultFile', description: 'Path of `result.json`.' },
  { id: 'transcriptFile', description: 'Path of `transcript.ndjson`: every event, redacted.' },
] as const satisfies readonly OutputSpec[]

export type OutputId = (typeof OUTPUTS)[number]['id']

/** Every output of one step, as text; platforms spell the names and cut the values. */
export type OutputValues = Readonly<Record<OutputId, string>>
