import * as z from 'zod/mini'
import { fatal as fatalEnding, RunEnded } from '../run/ending.ts'
import { defineStep, duration, exitStatus, key, optional, toMs } from './step.ts'

/** How a run ends early, late or not at all. */
export const endings = {
  wait: defineStep({
    summary: 'Does nothing for a while.',
    shorthand: 'for',
    schema: () => z.strictObject({ for: key(duration, 'How long, with a unit.') }),
    run: (input, agent) => agent.sleep(toMs(input.for)),
  }),

  hang: defineStep({
    summary: 'Never goes on (`- hang:`). With `start: silent` and as first step: the hang at start-up.',
    schema: () => z.strictObject({}),
    run: async (_input, agent) => {
      for (;;) await agent.sleep(3_600_000)
    },
  }),

  exit: defineStep({
    summary: 'Ends at once with a status and without another word.',
    shorthand: 'code',
    schema: () => z.strictObject({ code: key(exitStatus, 'The exit status.') }),
    run: ({ code }) => {
      throw new RunEnded({ kind: 'exit', code })
    },
  }),

  fatal: defineStep({
    summary: 'Ends with a fatal error: message, `=> cause` lines and the pointer to the log file on stderr.',
    shorthand: 'message',
    schema: () =>
      z.strictObject({
        message: key(z.string(), 'What went wrong.'),
        causes: optional(z.array(z.string()), 'Why, from near to far.'),
        exit: optional(exitStatus, 'The exit status; 1 by default.'),
      }),
    run: ({ message, causes, exit }) => {
      throw fatalEnding(message, causes, exit)
    },
  }),

  crash: defineStep({
    summary: 'Dies of a signal.',
    shorthand: 'signal',
    schema: () =>
      z.strictObject({
        signal: key(
          z.enum(['SIGSEGV', 'SIGABRT', 'SIGKILL', 'SIGBUS', 'SIGILL', 'SIGTERM', 'SIGINT', 'SIGHUP']),
          'Which one.',
        ),
      }),
    run: ({ signal }) => {
      throw new RunEnded({ kind: 'signal', signal })
    },
  }),
}
