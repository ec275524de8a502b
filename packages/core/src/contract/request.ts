import type { Milliseconds } from './duration.ts'
import type { Channel, EnvPolicy, InputValues } from './inputs.ts'
import type { McpSource } from './mcp.ts'
import type { ShareRecipient } from './share.ts'

/** Which CLI a step wants, and from where. */
export interface CliRequest {
  readonly channel: Channel
  /** `latest` or a release tag with its `v`. */
  readonly version: string
  readonly path: string | undefined
  readonly sha256: string | undefined
  readonly downloadUrl: string | undefined
}

/** Where the agent runs: on this machine, or on a managed worker. */
export type Placement =
  | {
      readonly kind: 'local'
      readonly cwd: string | undefined
      readonly share: readonly ShareRecipient[]
      readonly profile: string | undefined
      readonly strictMcpStartup: boolean
      readonly mcpStartupTimeout: Milliseconds | undefined
    }
  | { readonly kind: 'cloud'; readonly host: string | undefined; readonly wait: boolean }

/** A checked request to run an agent. Paths are as the user gave them; the key is kept apart. */
export interface RunRequest {
  readonly placement: Placement
  readonly prompt: PromptSource
  readonly skill: string | undefined
  readonly conversation: string | undefined
  readonly model: string | undefined
  readonly name: string | undefined
  readonly environment: string | undefined
  readonly configFile: string | undefined
  readonly mcp: readonly McpSource[]
  readonly computerUse: boolean | undefined
  readonly debug: boolean
  readonly cli: CliRequest
  /** 0 is none; undefined leaves it to the platform. */
  readonly timeout: Milliseconds | undefined
  readonly startupTimeout: Milliseconds
  readonly env: { readonly policy: EnvPolicy; readonly pass: readonly string[] }
  readonly mask: readonly string[]
  readonly outputFormat: 'text' | 'json'
  readonly summary: boolean
  readonly allowEmpty: boolean
}

/** Builds the request from checked inputs. Pure; expects that parsing and rules found no problem. */
export function toRunRequest(values: InputValues): RunRequest {
  return {
    placement: placementOf(values),
    prompt: promptOf(values),
    skill: values.skill,
    conversation: values.conversation,
    model: values.model,
    name: values.name,
    environment: values.environment,
    configFile: values.configFile,
    mcp: values.mcp ?? [],
    computerUse: values.computerUse,
    debug: values.debug,
    cli: {
      channel: values.ozChannel,
      version: values.ozVersion,
      path: values.ozPath,
      sha256: values.ozSha256,
      downloadUrl: values.ozDownloadUrl,
    },
    timeout: values.timeout,
    startupTimeout: values.startupTimeout,
    env: { policy: values.envPolicy, pass: values.passEnv ?? [] },
    mask: values.mask ?? [],
    outputFormat: values.outputFormat,
    summary: values.summary,
    allowEmpty: values.allowEmpty,
  }
}

function placementOf(values: InputValues): Placement {
  if (values.cloud) return { kind: 'cloud', host: values.host, wait: values.wait }
  return {
    kind: 'local',
    cwd: values.cwd,
    share: values.share ?? [],
    profile: values.profile,
    strictMcpStartup: values.strictMcpStartup,
    mcpStartupTimeout: values.mcpStartupTimeout,
  }
}

function promptOf(values: InputValues): PromptSource {
  if (values.prompt !== undefined) return { kind: 'inline', text: values.prompt }
  if (values.promptFile !== undefined) return { kind: 'file', path: values.promptFile }
  if (values.savedPrompt !== undefined) return { kind: 'saved', id: values.savedPrompt }
  return { kind: 'none' }
}

/** Where the prompt of a run comes from. */
export type PromptSource =
  | { readonly kind: 'inline'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'saved'; readonly id: string }
  | { readonly kind: 'none' }
