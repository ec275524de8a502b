import * as z from 'zod/mini'
import { message, toolResult } from '../run/event.ts'
import { defineStep, duration, key, optional, toMs } from './step.ts'

const MEGABYTE = 1 << 20

/** Output that is hard to read: raw, split, or a lot of it. */
export const output = {
  print: defineStep({
    summary:
      'Prints text as it is, past the event format: forged commands, lines that are no JSON, log lines.',
    shorthand: 'text',
    schema: () =>
      z.strictObject({
        text: key(z.string(), 'Printed unchanged.'),
        to: optional(z.enum(['stdout', 'stderr']), 'Where; `stdout` by default.'),
        newline: optional(z.boolean(), '`false` leaves out the newline at the end.'),
      }),
    run: ({ text, to = 'stdout', newline = true }, agent) => {
      const line = newline ? `${text}\n` : text
      return to === 'stdout' ? agent.write(line) : agent.error(line)
    },
  }),

  bytes: defineStep({
    summary: 'Prints raw bytes: invalid UTF-8, NULs, garbage.',
    shorthand: 'hex',
    schema: () =>
      z.strictObject({
        hex: key(
          z.string().check(z.regex(/^([0-9a-fA-F]{2}|\s)*$/, 'expected pairs of hexadecimal digits')),
          'The bytes as hexadecimal digits; blanks are allowed.',
        ),
        repeat: optional(z.int().check(z.positive()), 'How many times; once by default.'),
      }),
    run: ({ hex, repeat = 1 }, agent) => {
      const once = Buffer.from(hex.replace(/\s+/g, ''), 'hex')
      return agent.write(Buffer.concat(Array.from({ length: repeat }, () => once)))
    },
  }),

  split: defineStep({
    summary: 'Says something in writes of a few bytes each, so that reads end inside characters and lines.',
    shorthand: 'text',
    schema: () =>
      z.strictObject({
        text: key(z.string(), 'What the agent says.'),
        every: optional(z.int().check(z.positive()), 'Bytes a write; 1 by default.'),
        pause: optional(duration, 'Between two writes; `1ms` by default.'),
      }),
    run: async ({ text, every = 1, pause = '1ms' }, agent) => {
      const line = Buffer.from(agent.render(message(text)))
      for (let from = 0; from < line.length; from += every) {
        await agent.write(line.subarray(from, from + every))
        await agent.sleep(toMs(pause))
      }
    },
  }),

  flood: defineStep({
    summary: 'Emits many megabytes of events as fast as they are read, at next to no cost of its own.',
    shorthand: 'megabytes',
    schema: () =>
      z.strictObject({
        megabytes: key(
          z.number().check(z.positive()),
          'How much (1 MB = 1,048,576 bytes), rounded up to whole events.',
        ),
        line_bytes: optional(z.int().check(z.minimum(100)), 'Size of one event; about 1,000 by default.'),
        as: optional(
          z.enum(['message', 'reasoning', 'command_output', 'unknown']),
          'Kind of event; `message` by default.',
        ),
      }),
    run: async ({ megabytes, line_bytes = 1000, as = 'message' }, agent) => {
      const text = 'The quick brown fox jumps over the lazy dog. '
        .repeat(Math.ceil(line_bytes / 45))
        .slice(0, line_bytes - 60)
      const line = Buffer.from(agent.render(FLOODS[as](text)))
      const total = Math.ceil((megabytes * MEGABYTE) / line.length)
      const perBlock = Math.max(1, Math.floor(MEGABYTE / line.length))
      const block = Buffer.alloc(perBlock * line.length, line)
      for (let left = total; left > 0; left -= perBlock) {
        await agent.write(block.subarray(0, Math.min(left, perBlock) * line.length))
      }
    },
  }),

  giant_line: defineStep({
    summary: 'Says one message that is many megabytes long: a single line of output.',
    shorthand: 'megabytes',
    schema: () =>
      z.strictObject({
        megabytes: key(z.int().check(z.positive()), 'How long the text is (1 MB = 1,048,576 bytes).'),
      }),
    run: async ({ megabytes }, agent) => {
      const [head = '', tail = ''] = agent.render(message('@')).split('@')
      await agent.write(head)
      const block = Buffer.alloc(MEGABYTE, 'x')
      for (let written = 0; written < megabytes; written++) await agent.write(block)
      await agent.write(tail)
    },
  }),
}

const FLOODS = {
  message,
  reasoning: (text: string) => ({ type: 'agent_reasoning', text }),
  command_output: (output: string) => toolResult('run_command', { status: 'complete', exit_code: 0, output }),
  unknown: (text: string) => ({ type: 'from_a_later_release', text }),
}
