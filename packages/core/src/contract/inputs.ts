import * as z from 'zod/mini'
import { sha256, skill, url, variableNames, version } from './formats.ts'
import { mcp } from './mcp.ts'
import { share } from './share.ts'
import { boolean, choice, duration, type InputKind, type InputSchema, line, list, text } from './values.ts'

/** The families of platforms that an input can be shown on. */
export const PLATFORMS = ['github', 'gitlab', 'buildkite', 'cli'] as const
export type Platform = (typeof PLATFORMS)[number]

/** Where an agent runs: on this machine, or on a managed worker. */
export type RunKind = 'local' | 'cloud'

/** One input of the contract: all that manifests, schemas, tables and the parser know of it. */
export interface InputSpec<Out = unknown> {
  readonly kind: InputKind
  /** One or two sentences of Markdown, the same in every manifest. */
  readonly description: string
  /** The default as a user would type it; absent when there is none or when it is only known at run time. */
  readonly default?: string
  /** How tables show a default that no text can express, such as "the job's own limit". */
  readonly defaultNote?: string
  readonly choices?: readonly string[]
  /** Its value is a secret: masked at once, never written anywhere. */
  readonly secret?: boolean
  /** The official action has an input of this name. */
  readonly official?: boolean
  /** A value for examples and documentation. */
  readonly example?: string
  /** The kind of run that it is for; the other kind has no use for it. Both when absent. */
  readonly only?: RunKind
  /** Where it is shown; everywhere when absent. */
  readonly platforms?: readonly Platform[]
  /** What values it takes, and what it makes of them. */
  readonly schema: InputSchema<Out>
}

/** Keeps the literal type of a row while it checks its shape. */
function input<const Spec extends InputSpec>(spec: Spec): Spec {
  return spec
}

export const CHANNELS = ['stable', 'preview', 'dev'] as const
export type Channel = (typeof CHANNELS)[number]

export const ENV_POLICIES = ['scrub', 'inherit', 'minimal'] as const
export type EnvPolicy = (typeof ENV_POLICIES)[number]

/** Every input, defined once. Everything that lists inputs is generated from here (`npm run generate`). */
export const INPUTS = {
  prompt: input({
    kind: 'text',
    official: true,
    description: 'What the agent is to do. At most one of `prompt`, `prompt_file` and `saved_prompt`.',
    example: 'Fix the failing test and explain the cause.',
    schema: text,
  }),
  promptFile: input({
    kind: 'path',
    description:
      'A file that holds the prompt, of any size: an input itself is limited to 128 KiB on most CIs.',
    example: '.github/prompts/review.md',
    schema: line,
  }),
  savedPrompt: input({
    kind: 'text',
    official: true,
    description: 'Id of a saved prompt in Warp Drive; excludes `prompt` and `prompt_file`.',
    schema: line,
  }),
  skill: input({
    kind: 'text',
    official: true,
    description:
      'Base prompt from a skill: `name`, `repo:name` or `org/repo:name`, where the name may be a path to a SKILL.md.',
    example: 'review-pr',
    schema: skill,
  }),
  conversation: input({
    kind: 'text',
    description: 'Id of an earlier conversation to continue.',
    schema: line,
  }),
  model: input({
    kind: 'text',
    official: true,
    description: 'Model id that replaces the default model.',
    schema: line,
  }),
  name: input({
    kind: 'text',
    official: true,
    description: 'Name that groups the runs in the Oz dashboard.',
    schema: line,
  }),
  profile: input({
    kind: 'text',
    official: true,
    only: 'local',
    description: 'Id of an agent profile. Without one, the agent runs with the permissions meant for CI.',
    schema: line,
  }),
  environment: input({
    kind: 'text',
    official: true,
    description: 'Id of an Oz environment.',
    schema: line,
  }),
  configFile: input({
    kind: 'path',
    description: 'YAML or JSON file with settings for the agent; inputs win over it.',
    schema: line,
  }),
  mcp: input({
    kind: 'list',
    official: true,
    description:
      'MCP servers, one an entry: path to a JSON file, inline JSON object (may span lines), UUID or well-known id.',
    schema: mcp,
  }),
  strictMcpStartup: input({
    kind: 'boolean',
    only: 'local',
    default: 'false',
    description: 'Fail when an MCP server does not start, instead of running without its tools.',
    schema: boolean,
  }),
  mcpStartupTimeout: input({
    kind: 'duration',
    only: 'local',
    description: 'How long MCP servers may take to start.',
    example: '30s',
    schema: duration,
  }),
  computerUse: input({
    kind: 'boolean',
    official: true,
    defaultNote: "the CLI's own",
    description: 'Let the agent use a computer (`true`), forbid it (`false`), or leave it to the CLI.',
    schema: boolean,
  }),
  cwd: input({
    kind: 'path',
    official: true,
    only: 'local',
    defaultNote: 'the checkout',
    description: 'Working folder of the agent.',
    schema: line,
  }),
  share: input({
    kind: 'list',
    official: true,
    only: 'local',
    description:
      'Who may see the session, one an entry: `me`, `team`, `public` or an email address, the last three with `:view` or `:edit`.',
    example: 'team:edit',
    schema: share,
  }),
  warpApiKey: input({
    kind: 'text',
    official: true,
    secret: true,
    description:
      'The Warp API key. Elsewhere: the variable `WARP_API_KEY`, or a file that `WARP_API_KEY_FILE` names.',
    schema: line,
  }),
  cloud: input({
    kind: 'boolean',
    official: true,
    default: 'false',
    description: 'Dispatch the run to a managed worker instead of running it on this machine.',
    schema: boolean,
  }),
  host: input({
    kind: 'text',
    official: true,
    only: 'cloud',
    description: 'Worker id that takes the cloud run; exact and case-sensitive.',
    schema: line,
  }),
  wait: input({
    kind: 'boolean',
    only: 'cloud',
    default: 'true',
    description: 'Wait for the end of the cloud run and take its outcome.',
    schema: boolean,
  }),
  ozChannel: input({
    kind: 'choice',
    official: true,
    default: 'stable',
    choices: CHANNELS,
    description: 'Release channel of the CLI.',
    schema: choice(CHANNELS),
  }),
  ozVersion: input({
    kind: 'text',
    official: true,
    default: 'latest',
    description: 'Version of the CLI: `latest` or a release tag such as `v0.2026.08.19.08.14.stable_01`.',
    schema: version,
  }),
  ozPath: input({
    kind: 'path',
    description: 'Path of an installed CLI; nothing is looked for or downloaded then.',
    schema: line,
  }),
  ozSha256: input({
    kind: 'text',
    description: 'SHA-256 that the downloaded archive must have, as 64 hexadecimal digits.',
    schema: sha256,
  }),
  ozDownloadUrl: input({
    kind: 'text',
    defaultNote: "Warp's",
    description: 'Base URL of a mirror of the download service.',
    example: 'https://mirror.example.com/warp',
    schema: url,
  }),
  timeout: input({
    kind: 'duration',
    defaultNote: "the job's own limit less the wind-down, where it is known; else none",
    description: 'Deadline of the whole step: `30m`, `90s`; a bare number is minutes, `0` is none.',
    schema: duration,
  }),
  startupTimeout: input({
    kind: 'duration',
    default: '5m',
    description: 'How long the agent may take until its first sign of life; `0` is no limit.',
    schema: duration,
  }),
  envPolicy: input({
    kind: 'choice',
    default: 'scrub',
    choices: ENV_POLICIES,
    description:
      "What the agent sees of the job's environment: `scrub` (all but the CI's own tokens, command files and masked values), `inherit` (all) or `minimal` (HOME, TMPDIR, PATH, locale, proxies).",
    schema: choice(ENV_POLICIES),
  }),
  passEnv: input({
    kind: 'list',
    description: 'Names of variables that the agent gets whatever `env_policy` says.',
    schema: variableNames,
  }),
  mask: input({
    kind: 'list',
    secret: true,
    description: 'Further secrets to redact wherever the agent might show them, one a line.',
    schema: list(z.array(z.string())),
  }),
  outputFormat: input({
    kind: 'choice',
    official: true,
    default: 'text',
    choices: ['text', 'json'],
    description:
      'Form of `agent_output`: `text` (what the agent said, as Markdown) or `json` (its events, NDJSON). `pretty` and `ndjson` mean the same two.',
    schema: choice(['text', 'json'], { pretty: 'text', ndjson: 'json' }),
  }),
  summary: input({
    kind: 'boolean',
    default: 'true',
    description: 'Write a summary where the platform shows one.',
    schema: boolean,
  }),
  allowEmpty: input({
    kind: 'boolean',
    default: 'false',
    description: 'A run that said nothing may pass.',
    schema: boolean,
  }),
  debug: input({
    kind: 'boolean',
    official: true,
    default: 'false',
    description: "Debug log of the CLI on stderr; also on when the platform's own debug switch is.",
    schema: boolean,
  }),
} as const satisfies Record<string, InputSpec>

export type InputId = keyof typeof INPUTS

type ValueOf<Spec extends InputSpec> = Spec extends { readonly default: string }
  ? NonNullable<z.output<Spec['schema']>>
  : z.output<Spec['schema']>

/** The checked value of every input; undefined when it was not given and has no default. */
export type InputValues = { readonly [Id in InputId]: ValueOf<(typeof INPUTS)[Id]> }

export const INPUT_IDS = Object.keys(INPUTS) as InputId[]

/** The inputs that only this kind of run has a use for. */
export type InputIdOnlyFor<Kind extends RunKind> = {
  [Id in InputId]: (typeof INPUTS)[Id] extends { readonly only: Kind } ? Id : never
}[InputId]

export function inputIdsOnlyFor<Kind extends RunKind>(kind: Kind): readonly InputIdOnlyFor<Kind>[] {
  const isOnlyFor = (id: InputId): id is InputIdOnlyFor<Kind> => {
    const { only }: InputSpec = INPUTS[id]
    return only === kind
  }
  return INPUT_IDS.filter(isOnlyFor)
}
