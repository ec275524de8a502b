import * as z from 'zod'

/** One entry of `spec: inputs` as GitLab reads it: https://docs.gitlab.com/ci/yaml/#specinputs */
const inputSpec = z
  .strictObject({
    default: z.unknown().optional(),
    description: z.string().optional(),
    options: z.array(z.unknown()).max(50).optional(),
    regex: z.string().optional(),
    type: z.enum(['string', 'number', 'boolean', 'array']).optional(),
    rules: z.array(z.unknown()).optional(),
  })
  .nullable()

export const specHeader = z.looseObject({
  spec: z.looseObject({ inputs: z.record(z.string(), inputSpec).optional() }),
})

export type SpecifiedInputs = Readonly<Record<string, z.infer<typeof inputSpec>>>
