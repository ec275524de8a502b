import type { Script } from '../script/schema.ts'

/** Agents that give away what they know. */
export const secrets = {
  'leak-key': {
    description:
      'Says its WARP_API_KEY plain, as base64, URL-encoded, JSON-escaped, as hex, across two writes, on stderr.',
    steps: [{ leak: {} }, { message: 'All said.' }],
  },
  'dump-env': {
    description: 'Says its whole environment and its arguments, and writes them to oz-sim-dump.json.',
    steps: [{ dump: { to: 'file' } }, { dump: { to: 'message' } }, { dump: { to: 'stderr' } }],
  },
} satisfies Record<string, Script>
