/** `doctor`: what is wrong with a machine, a key, a network or a checkout, and the exact repair. */
export * from './create-doctor-context.ts'
export * from './diagnose.ts'
export * from './doctor-report.ts'
export * from './list-checks.ts'
export * from './render-doctor.ts'
export * from './run-doctor.ts'
