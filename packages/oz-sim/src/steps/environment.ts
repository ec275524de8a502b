import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import * as z from 'zod/mini'
import { kindOfDescriptor } from '../process-host.ts'
import type { Agent } from '../run/agent.ts'
import { message } from '../run/event.ts'
import { defineStep, duration, key, optional, toMs } from './step.ts'

const FORMS = ['plain', 'base64', 'url', 'json', 'hex', 'split', 'stderr', 'command'] as const

/** What an agent finds around it (secrets, variables, arguments, stdin) and gives away. */
export const environment = {
  leak: defineStep({
    summary: 'Says the value of a variable of its environment in several encodings and across two writes.',
    shorthand: 'variable',
    schema: () =>
      z.strictObject({
        variable: optional(z.string(), 'Which one; `WARP_API_KEY` by default.'),
        forms: optional(
          z.array(z.enum(FORMS)),
          `How; all by default: ${FORMS.map((form) => `\`${form}\``).join(', ')}.`,
        ),
      }),
    run: async ({ variable = 'WARP_API_KEY', forms = FORMS }, agent) => {
      const secret = agent.host.env[variable]
      if (!secret) return agent.emit(message(`${variable} is not set`))
      for (const form of forms) await WAYS[form](secret, agent)
    },
  }),

  dump: defineStep({
    summary: 'Gives away its own environment and arguments, as an injected agent would.',
    schema: () =>
      z.strictObject({
        to: key(z.enum(['file', 'message', 'stdout', 'stderr']), 'Where.'),
        path: optional(
          z.string(),
          'The file, relative to the working folder; `oz-sim-dump.json` by default.',
        ),
      }),
    run: async ({ to, path = 'oz-sim-dump.json' }, agent) => {
      const { executable, args, env } = agent.host
      const content = JSON.stringify({ argv: [executable, ...args], env, cwd: agent.cwd }, null, 2)
      if (to === 'file') await writeFile(resolve(agent.cwd, path), `${content}\n`)
      else if (to === 'message') await agent.emit(message(content))
      else if (to === 'stdout') await agent.write(`${content}\n`)
      else await agent.error(`${content}\n`)
    },
  }),

  stdin: defineStep({
    summary: 'Reads its stdin and says as JSON what it is, how many bytes came, and whether it ended.',
    schema: () =>
      z.strictObject({
        within: optional(duration, 'How long to wait for its end; `300ms` by default.'),
      }),
    run: async ({ within = '300ms' }, agent) => {
      const kind = kindOfDescriptor(0)
      let bytes = 0
      const drained = agent.host.drainStdin((count) => {
        bytes += count
      })
      const ended = await Promise.race([
        drained.then(() => true),
        agent.sleep(toMs(within)).then(() => false),
      ])
      await agent.emit(message(JSON.stringify({ stdin: kind, bytes, ended })))
    },
  }),
}

const say = (encode: (secret: string) => string) => (secret: string, agent: Agent) =>
  agent.emit(message(`The key: ${encode(secret)}`))

const WAYS: Record<(typeof FORMS)[number], (secret: string, agent: Agent) => Promise<void>> = {
  plain: say((secret) => secret),
  base64: say((secret) => Buffer.from(secret).toString('base64')),
  url: say(encodeURIComponent),
  json: say((secret) => JSON.stringify(secret)),
  hex: say((secret) => Buffer.from(secret).toString('hex')),
  split: async (secret, agent) => {
    const line = agent.render(message(`The key: ${secret}`))
    const middle = Math.max(1, line.indexOf(secret)) + Math.ceil(secret.length / 2)
    await agent.write(line.slice(0, middle))
    await agent.sleep(20)
    await agent.write(line.slice(middle))
  },
  stderr: (secret, agent) => agent.error(`key=${secret}\n`),
  command: (secret, agent) =>
    agent.emit({ type: 'tool_call', tool: 'run_command', command: `echo '${secret}'` }),
}
