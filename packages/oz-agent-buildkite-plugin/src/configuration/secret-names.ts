import type { InputProblem, RawInputs } from '@oz-agent/core'

/** What stands in the YAML where the name of a secret is expected. */
export interface SecretNames {
  /** The variable or Buildkite secret that holds the key; undefined when none is named. */
  readonly key: string | undefined
  /** Variables whose values must not be shown. */
  readonly mask: readonly string[]
  readonly problems: readonly InputProblem[]
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/
const KEY_OPTION = 'warp-api-key'
const MASK_OPTION = 'mask'

/** Reads the options that take names. What is no name may be a secret itself, so no message shows it. */
export function readSecretNames(inputs: RawInputs): SecretNames {
  const problems: InputProblem[] = []
  const key = readKeyName(inputs[KEY_OPTION] ?? null, problems)
  const mask = namesIn(inputs[MASK_OPTION] ?? null)
  if (mask === undefined || !mask.every((name) => NAME.test(name))) {
    problems.push({
      name: MASK_OPTION,
      message:
        'expected the names of environment variables. Give names and not values: whatever stands in a pipeline is shown on its page',
    })
  }
  return { key, mask: (mask ?? []).filter((name) => NAME.test(name)), problems }
}

function readKeyName(value: RawInputs[string], problems: InputProblem[]): string | undefined {
  const text = typeof value === 'string' ? value.trim() : value === null ? '' : undefined
  if (text === '') return undefined
  if (text !== undefined && NAME.test(text)) return text
  const looksLikeKey = text?.startsWith('wk-') ?? false
  problems.push({
    name: KEY_OPTION,
    message: looksLikeKey
      ? 'this is a key itself, where its name is expected. Everyone who sees this build can read it: revoke it, keep the new one as a Buildkite secret and give the name of that. (`$NAME` in a pipeline is replaced by the value when it is uploaded: write NAME without the `$`.)'
      : 'expected the name of an environment variable or of a Buildkite secret: letters, digits and _, without `$`',
  })
  return undefined
}

function namesIn(value: RawInputs[string]): readonly string[] | undefined {
  if (value === null) return []
  const entries = typeof value === 'string' ? value.split(/[\s,]+/) : value
  if (!Array.isArray(entries) || !entries.every((entry) => typeof entry === 'string')) return undefined
  return entries.map((entry) => entry.trim()).filter((entry) => entry !== '')
}
