import { boolean, choice, line, wholeNumber } from '@oz-agent/core'
import * as z from 'zod/mini'
import { type OwnOption, own } from './own-option.ts'

export const MODES = ['agent', 'on-failure'] as const
export type Mode = (typeof MODES)[number]

/** The agent cuts contexts that are longer. https://buildkite.com/docs/agent/cli/reference/annotate */
export const MAX_CONTEXT_LENGTH = 100
const MAX_PREFIX_LENGTH = 100
const MAX_LINES = 5_000
const MAX_BYTES = 262_144

/** Every option that the contract does not have, by its name in YAML. */
export const OWN_OPTIONS = {
  mode: own({
    type: 'string',
    default: 'agent',
    choices: MODES,
    description:
      "`agent`: the step is the agent. `on-failure`: run the step's own command, and the agent only when it fails.",
    schema: choice(MODES),
  }),
  'context-lines': own({
    type: 'integer',
    default: 200,
    minimum: 1,
    maximum: MAX_LINES,
    description:
      "With `mode: on-failure`: how many of the last lines of the command's output the agent is given.",
    schema: wholeNumber({ min: 1, max: MAX_LINES }),
  }),
  'context-bytes': own({
    type: 'integer',
    default: 32_768,
    minimum: 1_024,
    maximum: MAX_BYTES,
    description:
      "With `mode: on-failure`: how many bytes of the command's output the agent is given at most.",
    schema: wholeNumber({ min: 1_024, max: MAX_BYTES }),
  }),
  'rerun-after-fix': own({
    type: 'boolean',
    default: false,
    description:
      'With `mode: on-failure`: run the command once more when the agent succeeded; the step passes if the command does.',
    schema: boolean,
  }),
  'annotation-context': own({
    type: 'string',
    maxLength: MAX_CONTEXT_LENGTH,
    defaultNote: 'one of its own for each step',
    description:
      'Context of the annotation, at most 100 characters; steps with the same one share one annotation.',
    schema: shortText(MAX_CONTEXT_LENGTH),
  }),
  'meta-data-prefix': own({
    type: 'string',
    maxLength: MAX_PREFIX_LENGTH,
    defaultNote: '`oz-agent`, and behind a colon the key of the step if it has one',
    description: 'What the meta-data keys of this step begin with: `<prefix>:outcome` and so on.',
    schema: shortText(MAX_PREFIX_LENGTH),
  }),
  'upload-artifacts': own({
    type: 'boolean',
    default: true,
    description: 'Upload `result.json`, the transcript and a patch of what the agent changed.',
    schema: boolean,
  }),
  'cache-folder': own({
    type: 'string',
    description:
      'Folder that outlives the job, such as a path of `cache` on hosted agents: the downloaded CLI is kept there.',
    schema: line,
  }),
  'label-suffix': own({
    type: 'boolean',
    default: false,
    description: "Add how the agent ended to the step's label.",
    schema: boolean,
  }),
} as const satisfies Record<string, OwnOption>

export type OwnName = keyof typeof OWN_OPTIONS
export const OWN_NAMES = Object.keys(OWN_OPTIONS) as OwnName[]

type ValueOf<Option extends OwnOption> = Option extends { readonly default: unknown }
  ? NonNullable<z.output<Option['schema']>>
  : z.output<Option['schema']>

/** The checked value of every own option; undefined when it was not given and has no default. */
export type OwnValues = { readonly [Name in OwnName]: ValueOf<(typeof OWN_OPTIONS)[Name]> }

function shortText(longest: number) {
  return line.check(
    z.superRefine((text, context) => {
      const length = [...(text ?? '')].length
      if (length > longest) context.addIssue(`expected at most ${longest} characters, got ${length}`)
    }),
  )
}
