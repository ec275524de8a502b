import type { Script } from '../script/schema.ts'

const starts = { message: 'I am on it.' }

/** Agents that end badly, late, or not at all. */
export const endings = {
  'no-output': { description: 'Ends with 0 and says nothing.', steps: [] },
  'agent-error': {
    description: 'Ends with a fatal error after some work.',
    steps: [
      starts,
      { fatal: { message: 'The agent could not go on', causes: ['the model gave no answer'] } },
    ],
  },
  'crash-signal': { description: 'Dies of SIGSEGV.', steps: [starts, { crash: 'SIGSEGV' }] },
  'hang-start': { description: 'Hangs before its first event.', start: 'silent', steps: [{ hang: {} }] },
  'hang-mid': { description: 'Hangs after some work.', steps: [starts, { hang: {} }] },
  'ignore-sigterm': {
    description: 'Hangs and hears neither SIGTERM nor SIGINT.',
    on_sigterm: 'ignore',
    on_sigint: 'ignore',
    steps: [starts, { hang: {} }],
  },
  'sigterm-exit-0': {
    description: 'Works until SIGTERM or SIGINT, then winds down and exits 0, as the real CLI does.',
    on_sigterm: { say: 'Stopping as asked.' },
    on_sigint: { say: 'Stopping as asked.' },
    steps: [starts, { hang: {} }],
  },
  'slow-wind-down': {
    description: 'Takes five seconds to wind down.',
    on_sigterm: { after: '5s', say: 'Stopping as asked.' },
    on_sigint: { after: '5s', say: 'Stopping as asked.' },
    steps: [starts, { hang: {} }],
  },
  grandchildren: {
    description: 'Leaves a process of its group behind that holds stdout open.',
    steps: [
      { spawn: { holds_stdout: true, for: '5m', pid_file: 'oz-grandchild.pid' } },
      { message: 'All done.' },
    ],
  },
  'detached-grandchild': {
    description:
      'Leaves a process of a session of its own behind that holds stdout open and ignores SIGTERM.',
    steps: [
      {
        spawn: {
          detached: true,
          holds_stdout: true,
          ignores_sigterm: true,
          for: '5m',
          pid_file: 'oz-grandchild.pid',
        },
      },
      { message: 'All done.' },
    ],
  },
} satisfies Record<string, Script>

/** Failures of the service rather than of the agent. */
export const failures = {
  'temporary-429': {
    description: 'Too many requests.',
    steps: [
      {
        fatal: {
          message: 'Failed to start the agent',
          causes: [
            'request failed with status 429 Too Many Requests',
            'rate limit exceeded, retry after 30 seconds',
          ],
        },
      },
    ],
    start: 'silent',
  },
  'temporary-503': {
    description: 'The service is unavailable.',
    steps: [
      {
        fatal: {
          message: 'Failed to start the agent',
          causes: ['request failed with status 503 Service Unavailable'],
        },
      },
    ],
    start: 'silent',
  },
  'temporary-network': {
    description: 'The service cannot be reached.',
    steps: [
      {
        fatal: {
          message: 'Failed to start the agent',
          causes: [
            'error sending request for url (https://app.warp.dev/)',
            'connection reset by peer (os error 104)',
          ],
        },
      },
    ],
    start: 'silent',
  },
  credits: {
    description: 'Credits are used up.',
    steps: [
      {
        fatal: {
          message: 'The run was refused',
          causes: [
            'insufficient credits: the team has used up its AI credits (error code insufficient-credits)',
          ],
        },
      },
    ],
  },
  'invalid-key': {
    description: 'No key is accepted.',
    accept_key_prefix: 'no key begins so',
  },
  'shutdown-fails': {
    description: 'The run works; report-shutdown fails.',
    report_shutdown: { fail: { message: 'Failed to report the shutdown', causes: ['status 500'] } },
    steps: [{ message: 'All done.' }],
  },
  'shutdown-hangs': {
    description: 'The run works; report-shutdown never answers.',
    report_shutdown: { hang: true },
    steps: [{ message: 'All done.' }],
  },
} satisfies Record<string, Script>
