import { defineStep } from './step.ts'

export const skill = defineStep({
  name: 'skill',
  summary: 'Reports that a skill was invoked.',
  shorthand: 'name',
  schema: (z) => z.strictObject({ name: z.string().describe('Name of the skill.') }),
  run: ({ name }, agent) => agent.emit({ type: 'SkillInvoked', name }),
})
