import * as z from 'zod'
import { OUTCOME_NAMES } from './outcomes.ts'

/** The version of `result.json`, apart from its schema: what only writes results need not load that. */
export const RESULT_VERSION = 1

const count = z.int().nonnegative()
const milliseconds = z.number().nonnegative().describe('milliseconds')

export const artifactSchema = z
  .looseObject({
    type: z
      .string()
      .describe('pull_request, plan, screenshot, file, or a kind that came with a later release'),
    url: z.string().optional(),
    branch: z.string().optional(),
    title: z.string().optional(),
    filepath: z.string().optional(),
    filename: z.string().optional(),
    description: z.string().optional(),
    mime_type: z.string().optional(),
    size_bytes: z.number().optional(),
    artifact_uid: z.string().optional(),
    document_id: z.string().optional(),
    notebook_link: z.string().optional(),
  })
  .describe('something that the agent made')

/**
 * `result.json`: what one step did, the same on every CI. Fields are only ever added within a version;
 * `null` says that something is not known or did not happen.
 */
export const resultSchema = z.object({
  version: z.literal(RESULT_VERSION),
  outcome: z.enum(OUTCOME_NAMES),
  exit_code: z.int().min(0).max(255),
  reason: z.string().describe('why the step ended so, in one sentence'),
  error: z
    .object({ code: z.enum(OUTCOME_NAMES), message: z.string(), remedy: z.string().nullable() })
    .nullable(),
  run: z.object({
    id: z.string().nullable(),
    url: z.string().nullable(),
    session_url: z.string().nullable(),
    conversation_id: z.string().nullable(),
  }),
  final_message: z.string().nullable(),
  artifacts: z.array(artifactSchema),
  statistics: z.object({
    events: count,
    messages: count,
    tool_calls: z.record(z.string(), count).describe('how many calls of each tool'),
    failed_commands: z.array(z.object({ command: z.string(), exit_code: z.int() })).describe('the first 50'),
    failed_command_count: count,
    tool_errors: count,
    edited_files: z.array(z.string()).describe('the first 500, each once'),
    edited_file_count: count,
    unknown_events: z.record(z.string(), count).describe('event types that this version does not know'),
    plain_lines: count.describe('output lines that were no JSON'),
    output_bytes: count.describe('bytes of standard output of the CLI'),
  }),
  timing: z.object({
    started_at: z.iso.datetime(),
    install_ms: milliseconds.nullable().describe('finding, installing and proving the CLI'),
    startup_ms: milliseconds.nullable().describe('from the start of the step to the start of the agent'),
    first_event_ms: milliseconds.nullable().describe('from the start of the agent to its first event'),
    total_ms: milliseconds,
  }),
  cli: z.object({
    path: z.string().nullable(),
    version: z.string().nullable(),
    sha256: z.string().nullable(),
    source: z.string().nullable().describe('which resolver found it: oz_path, path, tool-cache, ...'),
  }),
  ci: z.object({
    name: z.string(),
    job_url: z.string().nullable(),
    commit: z.string().nullable(),
  }),
  warnings: z.array(z.string()),
})

export type Result = z.infer<typeof resultSchema>
export type Artifact = z.infer<typeof artifactSchema>
