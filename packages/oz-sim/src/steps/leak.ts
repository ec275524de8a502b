import type { Agent } from '../run/agent.ts'
import { message } from '../run/event.ts'
import { defineStep } from './step.ts'

const FORMS = ['plain', 'base64', 'url', 'json', 'hex', 'split', 'stderr', 'command'] as const

export const leak = defineStep({
  name: 'leak',
  summary: 'Says the value of a variable of its environment in several encodings and across two writes.',
  shorthand: 'variable',
  schema: (z) =>
    z.strictObject({
      variable: z.string().optional().describe('Which one; `WARP_API_KEY` by default.'),
      forms: z
        .array(z.enum(FORMS))
        .optional()
        .describe(`How; all by default: ${FORMS.map((form) => `\`${form}\``).join(', ')}.`),
    }),
  run: async ({ variable = 'WARP_API_KEY', forms = FORMS }, agent) => {
    const secret = agent.host.env[variable]
    if (!secret) return agent.emit(message(`${variable} is not set`))
    for (const form of forms) await WAYS[form](secret, agent)
  },
})

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
