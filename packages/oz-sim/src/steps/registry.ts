/** Every kind of step by its name in a script; each is loaded when a script first uses it. */
export const STEPS = {
  announce: async () => (await import('./announce.ts')).announce,
  artifact: async () => (await import('./artifact.ts')).artifact,
  bytes: async () => (await import('./bytes.ts')).bytes,
  comments_addressed: async () => (await import('./comments-addressed.ts')).commentsAddressed,
  complete_todos: async () => (await import('./complete-todos.ts')).completeTodos,
  crash: async () => (await import('./crash.ts')).crash,
  dump: async () => (await import('./dump.ts')).dump,
  edit: async () => (await import('./edit.ts')).edit,
  event: async () => (await import('./event.ts')).event,
  exit: async () => (await import('./exit.ts')).exit,
  fatal: async () => (await import('./fatal.ts')).fatal,
  flood: async () => (await import('./flood.ts')).flood,
  giant_line: async () => (await import('./giant-line.ts')).giantLine,
  hang: async () => (await import('./hang.ts')).hang,
  leak: async () => (await import('./leak.ts')).leak,
  message: async () => (await import('./message.ts')).message,
  print: async () => (await import('./print.ts')).print,
  read: async () => (await import('./read.ts')).read,
  reasoning: async () => (await import('./reasoning.ts')).reasoning,
  run: async () => (await import('./run-command.ts')).runCommand,
  skill: async () => (await import('./skill.ts')).skill,
  spawn: async () => (await import('./spawn.ts')).spawn,
  split: async () => (await import('./split.ts')).split,
  stdin: async () => (await import('./stdin.ts')).stdin,
  subagent: async () => (await import('./subagent.ts')).subagent,
  todos: async () => (await import('./todos.ts')).todos,
  tool: async () => (await import('./tool.ts')).tool,
  wait: async () => (await import('./wait.ts')).wait,
} as const

export type StepName = keyof typeof STEPS

export const isStepName = (name: string): name is StepName => Object.hasOwn(STEPS, name)
