import { keyPlaces, keyWarning, type ResolvedKey, resolveKey } from '../auth/resolve-key.ts'
import type { Ci, CiAdapter } from '../ci.ts'
import { checkFiles } from '../contract/check-files.ts'
import { secretsOfMcp } from '../contract/mcp.ts'
import {
  checkInputRules,
  type InputProblem,
  type ParsedInputs,
  parseInputs,
} from '../contract/parse-inputs.ts'
import { type RunRequest, toRunRequest } from '../contract/request.ts'
import { RunnerError } from '../errors.ts'
import type { Ports } from '../ports.ts'

/** What the job asked for, before it is checked: enough to mask what is secret. */
export interface ReceivedInputs {
  readonly parsed: ParsedInputs
  readonly key: ResolvedKey | undefined
  /** The error from reading the key. It is reported after wrong inputs. */
  readonly keyProblem: unknown
  /** All that must never be shown: the key, `mask`, tokens in inline MCP JSON, the password of a mirror. */
  readonly secrets: readonly string[]
}

export interface CheckedRequest {
  readonly request: RunRequest
  readonly key: ResolvedKey
  readonly warnings: readonly string[]
}

/** Thrown when there is nothing to do and that is no error: the step ends green, as `skipped`. */
export class StepSkipped extends Error {
  override readonly name = 'StepSkipped'
}

/** Reads the inputs and finds the key; nothing is judged yet, so that all secrets can be masked first. */
export async function receiveInputs({ ci, inputs }: CiAdapter, ports: Ports): Promise<ReceivedInputs> {
  const parsed = parseInputs(inputs.raw, (id) => ci.nameOf(id), inputs.ownNames)
  const input = { name: parsed.nameOf('warpApiKey'), value: parsed.values.warpApiKey }
  let key: ResolvedKey | undefined
  let keyProblem: unknown
  try {
    key = await resolveKey({ input, env: ci.env, files: ports.files })
  } catch (error) {
    keyProblem = error
  }
  const secrets = [
    ...(key === undefined ? [] : [key.key]),
    ...(parsed.values.mask ?? []),
    ...secretsOfMcp(parsed.values.mcp ?? []),
    ...passwordOf(parsed.values.ozDownloadUrl),
  ]
  return { parsed, key, keyProblem, secrets }
}

function passwordOf(url: string | undefined): string[] {
  if (url === undefined || !URL.canParse(url)) return []
  const { password } = new URL(url)
  if (password === '') return []
  try {
    return [...new Set([password, decodeURIComponent(password)])]
  } catch {
    return [password]
  }
}

/**
 * Checks everything that was received: first whether there is anything to do by design, then each input, the inputs
 * against each other, the files that they name, and the key. Throws `invalid-input` with all problems in one message, or `not-permitted` without a key.
 */
export async function checkRequest(
  received: ReceivedInputs,
  { ci, inputs }: CiAdapter,
  ports: Ports,
): Promise<CheckedRequest> {
  const { parsed, key, keyProblem } = received
  if (inputs.failure !== undefined) throw inputs.failure
  const missesKey = key === undefined && keyProblem === undefined
  const nothingToDo = inputs.nothingToDo ?? (missesKey ? await ci.keylessByDesign() : undefined)
  if (nothingToDo !== undefined) throw new StepSkipped(nothingToDo)
  const rules = checkInputRules(parsed.values, parsed.nameOf, ci.lenientInputs)
  const asked = toRunRequest(parsed.values)
  const request = { ...asked, debug: asked.debug || ci.debug }
  const files = await checkFiles(
    request,
    { files: ports.files, yaml: ports.yaml, cwd: ci.checkout },
    parsed.nameOf,
  )
  const problems = [...(inputs.ownProblems ?? []), ...parsed.problems, ...rules.problems, ...files.problems]
  if (problems.length > 0) throw invalidInput(problems)
  if (keyProblem !== undefined) throw keyProblem
  if (key === undefined) throw missingKey(parsed, ci)
  const warning = keyWarning(key)
  return { request, key, warnings: [...rules.warnings, ...(warning === undefined ? [] : [warning])] }
}

function invalidInput(problems: readonly InputProblem[]): RunnerError {
  const list = problems.map(({ name, message }) => `  - ${name}: ${message}`).join('\n')
  const count = problems.length === 1 ? 'an input is wrong' : `${problems.length} inputs are wrong`
  return new RunnerError('invalid-input', `${count}; nothing was started:\n${list}`, {
    remedy: 'Correct the inputs named above.',
  })
}

function missingKey({ nameOf }: ParsedInputs, ci: Ci): RunnerError {
  return new RunnerError('not-permitted', `no Warp API key: ${keyPlaces(nameOf)} are empty`, {
    remedy: `Create a key in Warp under Settings, Platform, API Keys (https://docs.warp.dev/reference/cli/api-keys). ${ci.keyRemedy}`,
  })
}
