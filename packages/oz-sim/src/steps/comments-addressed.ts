import { defineStep } from './step.ts'

export const commentsAddressed = defineStep({
  name: 'comments_addressed',
  summary: 'Reports review comments as addressed.',
  shorthand: 'comments',
  schema: (z) =>
    z.strictObject({
      comments: z
        .array(
          z.strictObject({
            comment_text: z.string(),
            file_path: z.string(),
            line_number: z.int(),
            head_title: z.string(),
          }),
        )
        .describe('The comments.'),
    }),
  run: ({ comments }, agent) => agent.emit({ type: 'num_comments_addressed', addressed_comments: comments }),
})
