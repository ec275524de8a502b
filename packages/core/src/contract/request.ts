import {
  type Channel,
  type EnvPolicy,
  INPUT_IDS,
  type InputId,
  type InputIdOnlyFor,
  type InputValues,
  inputIdsOnlyFor,
  type RunKind,
} from './inputs.ts'
import type { McpSource } from './mcp.ts'

/** Which CLI a step wants, and from where. */
export interface CliRequest {
  readonly channel: Channel
  /** `latest` or a release tag with its `v`. */
  readonly version: string
  readonly path: string | undefined
  readonly sha256: string | undefined
  readonly downloadUrl: string | undefined
}

/** Where the agent runs, with the inputs that only this kind of run has a use for. */
export type Placement =
  | ({ readonly kind: 'local' } & Pick<InputValues, InputIdOnlyFor<'local'>>)
  | ({ readonly kind: 'cloud' } & Pick<InputValues, InputIdOnlyFor<'cloud'>>)

/** Where the prompt of a run comes from. */
export type PromptSource =
  | { readonly kind: 'inline'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'saved'; readonly id: string }
  | { readonly kind: 'none' }

/** Inputs that a request holds in another form, and the key, which is kept apart. */
const REGROUPED = [
  ...(['prompt', 'promptFile', 'savedPrompt', 'warpApiKey', 'cloud', 'mcp', 'envPolicy', 'passEnv'] as const),
  ...(['ozChannel', 'ozVersion', 'ozPath', 'ozSha256', 'ozDownloadUrl'] as const),
] as const

type RegroupedId = (typeof REGROUPED)[number]
type PlainId = Exclude<InputId, RegroupedId | InputIdOnlyFor<RunKind>>

/**
 * A checked request to run an agent. Every input that is not regrouped here is a field of its own, with the name and
 * the value that it has in the contract. Paths are as the user gave them.
 */
export interface RunRequest extends Pick<InputValues, PlainId> {
  readonly placement: Placement
  readonly prompt: PromptSource
  readonly mcp: readonly McpSource[]
  readonly cli: CliRequest
  readonly env: { readonly policy: EnvPolicy; readonly pass: readonly string[] }
}

/** Builds the request from checked inputs. Pure; expects that parsing and rules found no problem. */
export function toRunRequest(values: InputValues): RunRequest {
  const placed: readonly InputId[] = [...inputIdsOnlyFor('local'), ...inputIdsOnlyFor('cloud')]
  const regrouped: readonly InputId[] = [...REGROUPED, ...placed]
  const isPlain = (id: InputId): id is PlainId => !regrouped.includes(id)
  return {
    ...pick(values, INPUT_IDS.filter(isPlain)),
    placement: placementOf(values),
    prompt: promptOf(values),
    mcp: values.mcp ?? [],
    cli: {
      channel: values.ozChannel,
      version: values.ozVersion,
      path: values.ozPath,
      sha256: values.ozSha256,
      downloadUrl: values.ozDownloadUrl,
    },
    env: { policy: values.envPolicy, pass: values.passEnv ?? [] },
  }
}

function placementOf(values: InputValues): Placement {
  return values.cloud
    ? { kind: 'cloud', ...pick(values, inputIdsOnlyFor('cloud')) }
    : { kind: 'local', ...pick(values, inputIdsOnlyFor('local')) }
}

function promptOf(values: InputValues): PromptSource {
  if (values.prompt !== undefined) return { kind: 'inline', text: values.prompt }
  if (values.promptFile !== undefined) return { kind: 'file', path: values.promptFile }
  if (values.savedPrompt !== undefined) return { kind: 'saved', id: values.savedPrompt }
  return { kind: 'none' }
}

function pick<Id extends InputId>(values: InputValues, ids: readonly Id[]): Pick<InputValues, Id> {
  return Object.fromEntries(ids.map((id) => [id, values[id]])) as Pick<InputValues, Id>
}
