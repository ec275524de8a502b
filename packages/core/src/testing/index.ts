export * from './fake-doctor-context.ts'
export * from './fake-processes.ts'
export * from './fakes.ts'
export * from './staged-run.ts'
