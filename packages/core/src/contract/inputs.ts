import { type InputSpec, input } from './input-table.ts'
import { readMcp, splitMcp } from './mcp.ts'
import { readShare } from './share.ts'
import {
  choice,
  duration,
  lineOfText,
  lines,
  linesAndCommas,
  listOf,
  type ReadBy,
  read,
  readSha256,
  readSkill,
  readUrl,
  readVariableNames,
  readVersion,
  textOf,
  truthValue,
  verbatimText,
} from './values.ts'

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
    reader: verbatimText(),
  }),
  promptFile: input({
    kind: 'path',
    description:
      'A file that holds the prompt, of any size: an input itself is limited to 128 KiB on most CIs.',
    example: '.github/prompts/review.md',
    reader: lineOfText(),
  }),
  savedPrompt: input({
    kind: 'text',
    official: true,
    description: 'Id of a saved prompt in Warp Drive; excludes `prompt` and `prompt_file`.',
    reader: lineOfText(),
  }),
  skill: input({
    kind: 'text',
    official: true,
    description:
      'Base prompt from a skill: `name`, `repo:name` or `org/repo:name`, where the name may be a path to a SKILL.md.',
    example: 'review-pr',
    reader: textOf(readSkill),
  }),
  conversation: input({
    kind: 'text',
    description: 'Id of an earlier conversation to continue.',
    reader: lineOfText(),
  }),
  model: input({
    kind: 'text',
    official: true,
    description: 'Model id that replaces the default model.',
    reader: lineOfText(),
  }),
  name: input({
    kind: 'text',
    official: true,
    description: 'Name that groups the runs in the Oz dashboard.',
    reader: lineOfText(),
  }),
  profile: input({
    kind: 'text',
    official: true,
    description: 'Id of an agent profile. Without one, the agent runs with the permissions meant for CI.',
    reader: lineOfText(),
  }),
  environment: input({
    kind: 'text',
    official: true,
    description: 'Id of an Oz environment.',
    reader: lineOfText(),
  }),
  configFile: input({
    kind: 'path',
    description: 'YAML or JSON file with settings for the agent; inputs win over it.',
    reader: lineOfText(),
  }),
  mcp: input({
    kind: 'list',
    official: true,
    description:
      'MCP servers, one an entry: path to a JSON file, inline JSON object (may span lines), UUID or well-known id.',
    reader: listOf(splitMcp, readMcp, { objects: true }),
  }),
  strictMcpStartup: input({
    kind: 'boolean',
    default: 'false',
    description: 'Fail when an MCP server does not start, instead of running without its tools.',
    reader: truthValue(),
  }),
  mcpStartupTimeout: input({
    kind: 'duration',
    description: 'How long MCP servers may take to start.',
    example: '30s',
    reader: duration(),
  }),
  computerUse: input({
    kind: 'boolean',
    official: true,
    defaultNote: "the CLI's own",
    description: 'Let the agent use a computer (`true`), forbid it (`false`), or leave it to the CLI.',
    reader: truthValue(),
  }),
  cwd: input({
    kind: 'path',
    official: true,
    defaultNote: 'the checkout',
    description: 'Working folder of the agent.',
    reader: lineOfText(),
  }),
  share: input({
    kind: 'list',
    official: true,
    description:
      'Who may see the session, one an entry: `me`, `team`, `public` or an email address, the last three with `:view` or `:edit`.',
    example: 'team:edit',
    reader: listOf(linesAndCommas, readShare),
  }),
  warpApiKey: input({
    kind: 'text',
    official: true,
    secret: true,
    description:
      'The Warp API key. Elsewhere: the variable `WARP_API_KEY`, or a file that `WARP_API_KEY_FILE` names.',
    reader: lineOfText(),
  }),
  cloud: input({
    kind: 'boolean',
    official: true,
    default: 'false',
    description: 'Dispatch the run to a managed worker instead of running it on this machine.',
    reader: truthValue(),
  }),
  host: input({
    kind: 'text',
    official: true,
    description: 'Worker id that takes the cloud run; exact and case-sensitive.',
    reader: lineOfText(),
  }),
  wait: input({
    kind: 'boolean',
    default: 'true',
    description: 'Wait for the end of the cloud run and take its outcome.',
    reader: truthValue(),
  }),
  ozChannel: input({
    kind: 'choice',
    official: true,
    default: 'stable',
    choices: CHANNELS,
    description: 'Release channel of the CLI.',
    reader: choice(CHANNELS),
  }),
  ozVersion: input({
    kind: 'text',
    official: true,
    default: 'latest',
    description: 'Version of the CLI: `latest` or a release tag such as `v0.2026.08.19.08.14.stable_01`.',
    reader: textOf(readVersion),
  }),
  ozPath: input({
    kind: 'path',
    description: 'Path of an installed CLI; nothing is looked for or downloaded then.',
    reader: lineOfText(),
  }),
  ozSha256: input({
    kind: 'text',
    description: 'SHA-256 that the downloaded archive must have, as 64 hexadecimal digits.',
    reader: textOf(readSha256),
  }),
  ozDownloadUrl: input({
    kind: 'text',
    defaultNote: "Warp's",
    description: 'Base URL of a mirror of the download service.',
    example: 'https://mirror.example.com/warp',
    reader: textOf(readUrl),
  }),
  timeout: input({
    kind: 'duration',
    defaultNote: "the job's own limit less the wind-down, where it is known; else none",
    description: 'Deadline of the whole step: `30m`, `90s`; a bare number is minutes, `0` is none.',
    reader: duration(),
  }),
  startupTimeout: input({
    kind: 'duration',
    default: '5m',
    description: 'How long the agent may take until its first sign of life; `0` is no limit.',
    reader: duration(),
  }),
  envPolicy: input({
    kind: 'choice',
    default: 'scrub',
    choices: ENV_POLICIES,
    description:
      "What the agent sees of the job's environment: `scrub` (all but the CI's own tokens, command files and masked values), `inherit` (all) or `minimal` (HOME, TMPDIR, PATH, locale, proxies).",
    reader: choice(ENV_POLICIES),
  }),
  passEnv: input({
    kind: 'list',
    description: 'Names of variables that the agent gets whatever `env_policy` says.',
    reader: listOf(linesAndCommas, readVariableNames),
  }),
  mask: input({
    kind: 'list',
    secret: true,
    description: 'Further secrets to redact wherever the agent might show them, one a line.',
    reader: listOf<string[]>(lines, (secrets) => read([...secrets])),
  }),
  outputFormat: input({
    kind: 'choice',
    official: true,
    default: 'text',
    choices: ['text', 'json'],
    description:
      'Form of `agent_output`: `text` (what the agent said, as Markdown) or `json` (its events, NDJSON). `pretty` and `ndjson` mean the same two.',
    reader: choice(['text', 'json'], { pretty: 'text', ndjson: 'json' }),
  }),
  summary: input({
    kind: 'boolean',
    default: 'true',
    description: 'Write a summary where the platform shows one.',
    reader: truthValue(),
  }),
  allowEmpty: input({
    kind: 'boolean',
    default: 'false',
    description: 'A run that said nothing may pass.',
    reader: truthValue(),
  }),
  debug: input({
    kind: 'boolean',
    official: true,
    default: 'false',
    description: "Debug log of the CLI on stderr; also on when the platform's own debug switch is.",
    reader: truthValue(),
  }),
} as const satisfies Record<string, InputSpec<unknown>>

export type InputId = keyof typeof INPUTS

type ValueOf<Spec extends InputSpec> = Spec extends { readonly default: string }
  ? NonNullable<ReadBy<Spec['reader']>>
  : ReadBy<Spec['reader']>

/** The checked value of every input; undefined when it was not given and has no default. */
export type InputValues = { readonly [Id in InputId]: ValueOf<(typeof INPUTS)[Id]> }

export const INPUT_IDS = Object.keys(INPUTS) as InputId[]
