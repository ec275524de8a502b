import type * as z from 'zod'
import { duration } from '../steps/duration.ts'
import type { STEPS } from '../steps/registry.ts'
import type { WrittenStep } from '../steps/step.ts'
import type { Zod } from './zod.ts'

type Registry = typeof STEPS
/** One step as a script writes it: `{message: 'Hello'}`. */
export type ScriptStep = {
  [K in keyof Registry]: WrittenStep<Awaited<ReturnType<Registry[K]>>>
}[keyof Registry]

/** The script without its steps, which are checked one by one against their own schemas. */
export const frameSchema = (z: Zod) => {
  const failure = z
    .strictObject({
      message: z.string(),
      causes: z.array(z.string()).optional(),
      exit: z.int().min(0).max(255).optional(),
    })
    .describe('Fails: message, causes, exit status (1 by default).')
  const trouble = {
    delay: duration(z).optional().describe('Waits first.'),
    hang: z.boolean().optional().describe('`true`: never answers.'),
    fail: failure.optional(),
  }
  const reaction = z
    .union([
      z.enum(['exit-0', 'ignore', 'die']),
      z.strictObject({
        after: duration(z).optional().describe('How long winding down takes.'),
        exit: z.int().min(0).max(255).optional().describe('The exit status; 0 by default.'),
        say: z.string().optional().describe('A last message.'),
      }),
    ])
    .optional()
  return z.strictObject({
    description: z.string().optional().describe('For people; ignored.'),
    record: z.string().optional().describe('Folder to record calls in; like `OZ_SIM_RECORD`.'),
    record_env: z.array(z.string()).optional().describe('Further variables whose values are recorded.'),
    accept_key_prefix: z
      .string()
      .optional()
      .describe('Keys that begin otherwise are refused as invalid; `wk-` by default, empty accepts any.'),
    run_id: z.string().optional().describe('The id of the run; a random UUID by default.'),
    conversation_id: z.string().optional().describe('The id of the conversation, where none is continued.'),
    session_url: z.string().optional().describe('The link of a shared session.'),
    start: z
      .enum(['announce', 'silent'])
      .optional()
      .describe('`silent`: no run, conversation or session is reported before the first step.'),
    on_sigterm: reaction.describe(
      'What SIGTERM does: `exit-0` (as the real CLI; default), `ignore`, `die` of it, or wind down in a given time.',
    ),
    on_sigint: reaction.describe('The same for SIGINT.'),
    version: z
      .strictObject({ ...trouble, text: z.string().optional().describe('What `--version` prints.') })
      .optional()
      .describe('`oz --version`.'),
    whoami: z
      .strictObject({
        ...trouble,
        user: z.looseObject({ uid: z.string(), type: z.enum(['user', 'service_account']) }).optional(),
      })
      .optional()
      .describe('`oz whoami`; a service account by default.'),
    cloud: z
      .strictObject({
        ...trouble,
        states: z
          .array(z.string())
          .min(1)
          .optional()
          .describe('States that `run get` answers, one a call; the last stays.'),
        printed: z.array(z.string()).optional().describe('States that `agent run-cloud` itself prints.'),
        notice: z.string().optional().describe('A line about capacity.'),
        error: z
          .string()
          .optional()
          .describe('Text of the `Error:` line, and of the status message of the run.'),
        run: z.looseObject({}).optional().describe('Further keys of the run object of `run get`.'),
      })
      .optional()
      .describe('`oz agent run-cloud` and the run that it starts.'),
    run_get: z.strictObject(trouble).optional().describe('Trouble of `oz run get`.'),
    report_shutdown: z
      .strictObject(trouble)
      .optional()
      .describe('Trouble of `oz harness-support report-shutdown`.'),
    lists: z
      .record(z.string(), z.array(z.looseObject({ id: z.string() })))
      .optional()
      .describe('What `model list`, `agent list` and `environment list` show, by their first word.'),
    steps: z.array(z.unknown()).optional().describe('What `oz agent run` does, in order.'),
  })
}

type Frame = z.input<ReturnType<typeof frameSchema>>

/** How the stand-in behaves. */
export type Script = Omit<Frame, 'steps'> & { readonly steps?: readonly ScriptStep[] | undefined }

/** What may go wrong with a command that is no run. */
export type Trouble = NonNullable<Script['report_shutdown']>
export type Reaction = NonNullable<Script['on_sigterm']>
