import { parse } from 'yaml'
import { nearest } from '../cli/usage.ts'
import { SimError } from '../run/ending.ts'
import { isStepName, STEPS } from '../steps/registry.ts'
import { type AnyStep, stepInput } from '../steps/step.ts'
import { frameSchema, type Script } from './schema.ts'

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string }

/**
 * The script in `value`, checked. `origin` names it in the error (`OZ_SIM_SCRIPT`, a path).
 *
 * @throws SimError that lists every problem with the path of the key (`steps[2].run.command`).
 */
export function checkScript(value: unknown, origin: string): Script {
  const frame = frameSchema().safeParse(value)
  const problems = frame.success ? [] : frame.error.issues.map((issue) => line(issue))
  const steps = typeof value === 'object' && value !== null && 'steps' in value ? value.steps : undefined
  if (Array.isArray(steps)) {
    for (const [index, step] of steps.entries()) problems.push(...stepProblems(step, index))
  }
  if (problems.length === 0) return value as Script
  throw new SimError(
    `the script from ${origin} is not valid:\n${problems.map((text) => `  - ${text}`).join('\n')}`,
  )
}

function stepProblems(step: unknown, index: number): string[] {
  const at = ['steps', index]
  const keys = typeof step === 'object' && step !== null ? Object.keys(step) : []
  const [name] = keys
  if (name === undefined || keys.length > 1) {
    return [line({ path: at, message: 'expected one step, such as {message: Hello}' })]
  }
  if (!isStepName(name)) {
    const near = nearest(name, Object.keys(STEPS))
    const help = near ? `did you mean '${near}'?` : `known steps: ${Object.keys(STEPS).join(', ')}`
    return [line({ path: [...at, name], message: `no such step; ${help}` })]
  }
  const kind: AnyStep = STEPS[name]
  const input = stepInput(kind, (step as Record<string, unknown>)[name])
  const checked = kind.schema().safeParse(input)
  return checked.success
    ? []
    : checked.error.issues.map((issue) => line({ ...issue, path: [...at, name, ...issue.path] }))
}

function line({ path, message }: Issue): string {
  const where = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')
  return `${where.replace(/^\./, '') || 'the whole'}: ${message}`
}

/** JSON or YAML text as data; JSON is tried first, since it is the quicker one to parse. */
export function parseText(text: string, origin: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    try {
      return parse(text)
    } catch (error) {
      throw new SimError(
        `${origin} is neither JSON nor YAML: ${error instanceof Error ? error.message : error}`,
      )
    }
  }
}
