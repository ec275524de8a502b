import { defineStep } from './step.ts'

export const bytes = defineStep({
  name: 'bytes',
  summary: 'Prints raw bytes: invalid UTF-8, NULs, garbage.',
  shorthand: 'hex',
  schema: (z) =>
    z.strictObject({
      hex: z
        .string()
        .regex(/^([0-9a-fA-F]{2}|\s)*$/, 'expected pairs of hexadecimal digits')
        .describe('The bytes as hexadecimal digits; blanks are allowed.'),
      repeat: z.int().positive().optional().describe('How many times; once by default.'),
    }),
  run: ({ hex, repeat = 1 }, agent) => {
    const once = Buffer.from(hex.replace(/\s+/g, ''), 'hex')
    return agent.write(Buffer.concat(Array.from({ length: repeat }, () => once)))
  },
})
