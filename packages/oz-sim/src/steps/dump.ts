import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { message } from '../run/event.ts'
import { defineStep } from './step.ts'

export const dump = defineStep({
  name: 'dump',
  summary: 'Gives away its own environment and arguments, as an injected agent would.',
  schema: (z) =>
    z.strictObject({
      to: z.enum(['file', 'message', 'stdout', 'stderr']).describe('Where.'),
      path: z
        .string()
        .optional()
        .describe('The file, relative to the working folder; `oz-sim-dump.json` by default.'),
    }),
  run: async ({ to, path = 'oz-sim-dump.json' }, agent) => {
    const { executable, args, env } = agent.host
    const content = JSON.stringify({ argv: [executable, ...args], env, cwd: agent.cwd }, null, 2)
    if (to === 'file') await writeFile(resolve(agent.cwd, path), `${content}\n`)
    else if (to === 'message') await agent.emit(message(content))
    else if (to === 'stdout') await agent.write(`${content}\n`)
    else await agent.error(`${content}\n`)
  },
})
