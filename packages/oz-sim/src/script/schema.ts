import * as z from 'zod/mini'
import type { ScriptStep } from '../steps/registry.ts'
import { duration, exitStatus, key, optional } from '../steps/step.ts'

/** The script without its steps, which are checked one by one against their own schemas. */
export function frameSchema() {
  const failure = key(
    z.strictObject({
      message: z.string(),
      causes: z.optional(z.array(z.string())),
      exit: z.optional(exitStatus),
    }),
    'Fails: message, causes, exit status (1 by default).',
  )

  const trouble = {
    delay: optional(duration, 'Waits first.'),
    hang: optional(z.boolean(), '`true`: never answers.'),
    fail: z.optional(failure),
  }

  const reaction = z.union([
    z.enum(['exit-0', 'ignore', 'die']),
    z.strictObject({
      after: optional(duration, 'How long winding down takes.'),
      exit: optional(exitStatus, 'The exit status; 0 by default.'),
      say: optional(z.string(), 'A last message.'),
    }),
  ])

  return z.strictObject({
    description: optional(z.string(), 'For people; ignored.'),
    record: optional(z.string(), 'Folder to record calls in; like `OZ_SIM_RECORD`.'),
    record_env: optional(z.array(z.string()), 'Further variables whose values are recorded.'),
    accept_key_prefix: optional(
      z.string(),
      'Keys that begin otherwise are refused as invalid; `wk-` by default, empty accepts any.',
    ),
    run_id: optional(z.string(), 'The id of the run; a random UUID by default.'),
    conversation_id: optional(z.string(), 'The id of the conversation, where none is continued.'),
    session_url: optional(z.string(), 'The link of a shared session.'),
    start: optional(
      z.enum(['announce', 'silent']),
      '`silent`: no run, conversation or session is reported before the first step.',
    ),
    on_sigterm: optional(
      reaction,
      'What SIGTERM does: `exit-0` (as the real CLI; default), `ignore`, `die` of it, or wind down in a given time.',
    ),
    on_sigint: optional(reaction, 'The same for SIGINT.'),
    version: optional(
      z.strictObject({ ...trouble, text: optional(z.string(), 'What `--version` prints.') }),
      '`oz --version`.',
    ),
    whoami: optional(
      z.strictObject({
        ...trouble,
        user: z.optional(z.looseObject({ uid: z.string(), type: z.enum(['user', 'service_account']) })),
      }),
      '`oz whoami`; a service account by default.',
    ),
    cloud: optional(
      z.strictObject({
        ...trouble,
        states: optional(
          z.array(z.string()).check(z.minLength(1)),
          'States that `run get` answers, one a call; the last stays.',
        ),
        printed: optional(z.array(z.string()), 'States that `agent run-cloud` itself prints.'),
        notice: optional(z.string(), 'A line about capacity.'),
        error: optional(z.string(), 'Text of the `Error:` line, and of the status message of the run.'),
        run: optional(z.looseObject({}), 'Further keys of the run object of `run get`.'),
      }),
      '`oz agent run-cloud` and the run that it starts.',
    ),
    run_get: optional(z.strictObject(trouble), 'Trouble of `oz run get`.'),
    report_shutdown: optional(z.strictObject(trouble), 'Trouble of `oz harness-support report-shutdown`.'),
    lists: optional(
      z.record(z.string(), z.array(z.looseObject({ id: z.string() }))),
      'What `model list`, `agent list` and `environment list` show, by their first word.',
    ),
    steps: optional(z.array(z.unknown()), 'What `oz agent run` does, in order.'),
  })
}

type Frame = z.input<ReturnType<typeof frameSchema>>

/** How the stand-in behaves. */
export type Script = Omit<Frame, 'steps'> & { readonly steps?: readonly ScriptStep[] | undefined }

/** What may go wrong with a command that is no run. */
export type Trouble = NonNullable<Script['report_shutdown']>
export type Reaction = NonNullable<Script['on_sigterm']>
