import * as z from 'zod/mini'
import { outcomeName } from './outcomes.ts'

/** The version of `result.json`. */
export const RESULT_VERSION = 1

const count = z.int().check(z.nonnegative())
const milliseconds = z.number().check(z.nonnegative(), z.describe('milliseconds'))

export const artifactSchema = z
  .looseObject({
    type: z
      .string()
      .check(z.describe('pull_request, plan, screenshot, file, or a kind that came with a later release')),
    url: z.optional(z.string()),
    branch: z.optional(z.string()),
    title: z.optional(z.string()),
    filepath: z.optional(z.string()),
    filename: z.optional(z.string()),
    description: z.optional(z.string()),
    mime_type: z.optional(z.string()),
    size_bytes: z.optional(z.number()),
    artifact_uid: z.optional(z.string()),
    document_id: z.optional(z.string()),
    notebook_link: z.optional(z.string()),
  })
  .check(z.describe('something that the agent made'))

const commandRun = {
  exit_status: z.int().check(z.nonnegative(), z.describe('128 + the number of a signal that ended it')),
  duration_ms: milliseconds,
}

/** What the step's own command did, in a step that calls the agent when that fails. */
export const commandSchema = z
  .object({
    ...commandRun,
    rerun: z
      .nullable(z.object(commandRun))
      .check(z.describe('the run after the repair of the agent; null when there was none')),
  })
  .check(z.describe("the step's own command; absent in a step that has none"))

/**
 * `result.json`: what one step did, the same on every CI. Fields are only ever added within a version;
 * `null` says that something is not known or did not happen.
 */
export const resultSchema = z.object({
  version: z.literal(RESULT_VERSION),
  outcome: outcomeName,
  exit_code: z.int().check(z.gte(0), z.lte(255)),
  reason: z.string().check(z.describe('why the step ended so, in one sentence')),
  error: z.nullable(z.object({ code: outcomeName, message: z.string(), remedy: z.nullable(z.string()) })),
  run: z.object({
    id: z.nullable(z.string()),
    url: z.nullable(z.string()),
    session_url: z.nullable(z.string()),
    conversation_id: z.nullable(z.string()),
  }),
  final_message: z.nullable(z.string()),
  artifacts: z.array(artifactSchema),
  statistics: z.object({
    events: count,
    messages: count,
    tool_calls: z.record(z.string(), count).check(z.describe('how many calls of each tool')),
    failed_commands: z
      .array(z.object({ command: z.string(), exit_code: z.int() }))
      .check(z.describe('the first 50')),
    failed_command_count: count,
    tool_errors: count,
    edited_files: z.array(z.string()).check(z.describe('the first 500, each once')),
    edited_file_count: count,
    unknown_events: z
      .record(z.string(), count)
      .check(z.describe('event types that this version does not know')),
    plain_lines: count.check(z.describe('output lines that were no JSON')),
    output_bytes: count.check(z.describe('bytes of standard output of the CLI')),
  }),
  timing: z.object({
    started_at: z.iso.datetime(),
    install_ms: z.nullable(milliseconds).check(z.describe('finding, installing and verifying the CLI')),
    startup_ms: z
      .nullable(milliseconds)
      .check(z.describe('from the start of the step to the start of the agent')),
    first_event_ms: z
      .nullable(milliseconds)
      .check(z.describe('from the start of the agent to its first event')),
    total_ms: milliseconds,
  }),
  cli: z.object({
    path: z.nullable(z.string()),
    version: z.nullable(z.string()),
    sha256: z.nullable(z.string()),
    source: z
      .nullable(z.string())
      .check(z.describe('which resolver found it: oz_path, path, tool-cache, ...')),
  }),
  ci: z.object({
    name: z.string(),
    job_url: z.nullable(z.string()),
    commit: z.nullable(z.string()),
  }),
  warnings: z.array(z.string()),
  command: z.optional(commandSchema),
})

export type Result = z.infer<typeof resultSchema>
export type StepCommandResult = z.infer<typeof commandSchema>
export type Artifact = z.infer<typeof artifactSchema>
