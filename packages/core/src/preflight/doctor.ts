/** `doctor`: what is wrong with a machine, a key, a network or a checkout, and the exact repair. */
export * from '../doctor/context.ts'
export * from '../doctor/doctor.ts'
export * from '../doctor/report.ts'
