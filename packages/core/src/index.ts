/** Core's public surface: all that an adapter may import. */

export * from './agent/event.ts'
export * from './agent/run-state.ts'
export * from './auth/redactor.ts'
export * from './ci.ts'
export * from './cleanup.ts'
export * from './contract/duration.ts'
export * from './contract/formats.ts'
export * from './contract/inputs.ts'
export * from './contract/names.ts'
export * from './contract/outcomes.ts'
export * from './contract/outputs.ts'
export * from './contract/parse-inputs.ts'
export * from './contract/result.ts'
export * from './contract/values.ts'
export * from './doctor/context.ts'
export * from './doctor/doctor.ts'
export {
  type DoctorReport,
  doctorReportSchema,
  type Finding as DoctorFinding,
  type HostFact,
  renderDoctor,
} from './doctor/report.ts'
export * from './errors.ts'
export * from './http/http.ts'
export * from './install/machine.ts'
export * from './install/resolve.ts'
export * from './install/search.ts'
export * from './node/folder-cache.ts'
export * from './node/ports.ts'
export * from './ports.ts'
export * from './report/log.ts'
export * from './report/markdown.ts'
export * from './report/summary.ts'
export * from './report/text.ts'
export * from './run.ts'
export * from './step/read-request.ts'
export * from './step/record.ts'
