export { createOz, type OzInstall, type OzPlan } from './install/create-oz.ts'
export {
  type CallEnd,
  type CallStart,
  fingerprint,
  type RecordedCall,
  type RecordedKey,
  readCalls,
} from './record/calls.ts'
export { SimError } from './run/ending.ts'
export { allScenarios } from './scenarios/catalogue.ts'
export { checkScript } from './script/check.ts'
export { referenceTables, scriptJsonSchema } from './script/reference.ts'
export type { Script } from './script/schema.ts'
export type { ScriptStep } from './steps/registry.ts'
