import { INPUT_IDS, INPUTS, type InputId, type InputSpec, spell } from '@oz-agent/core'

/** One entry of `spec: inputs`, before a GitLab version decides how much of it can be said. */
export interface TemplateInput {
  readonly name: string
  readonly type: 'string' | 'boolean' | 'array'
  readonly description: string
  readonly default: string | boolean | readonly unknown[]
  readonly options?: readonly string[]
  /** In the syntax that RE2 and JavaScript share. */
  readonly regex?: string
}

const DURATION = '^([0-9]+(\\.[0-9]+)? *(ms|s|m|h|d)? *)*$'

/** Forms that GitLab can check by itself, before a job starts. */
const FORMS: Partial<Record<InputId, string>> = {
  ozVersion: '^(latest|v?[0-9]+(\\.[A-Za-z0-9_-]+)+)$',
  ozSha256: '^((sha256[:-])?[0-9A-Fa-f]{64})?$',
  ozDownloadUrl: '^(https?://.+)?$',
}

/** The contract's inputs that a template shows: all but secrets, which stay CI/CD variables. */
export function contractInputIds(): readonly InputId[] {
  return INPUT_IDS.filter((id) => {
    const spec: InputSpec = INPUTS[id]
    return spec.secret !== true && (spec.platforms?.includes('gitlab') ?? true)
  })
}

/** Lists are text, one entry a line: GitLab cannot hand an array on to a variable. */
export function contractInput(id: InputId, typed: string | undefined): TemplateInput {
  const spec: InputSpec = INPUTS[id]
  const base = { name: spell(id, 'snake'), description: describe(spec) }
  const given = typed ?? spec.default ?? ''
  switch (spec.kind) {
    case 'boolean':
      if (spec.default === undefined) {
        return { ...base, type: 'string', default: given, options: ['', 'true', 'false'] }
      }
      return { ...base, type: 'boolean', default: given.toLowerCase() === 'true' }
    case 'choice':
      return { ...base, type: 'string', default: given, ...(spec.choices && { options: spec.choices }) }
    case 'duration':
      return { ...base, type: 'string', default: given, regex: DURATION }
    default: {
      const regex = FORMS[id]
      return { ...base, type: 'string', default: given, ...(regex !== undefined && { regex }) }
    }
  }
}

function describe(spec: InputSpec): string {
  const list = spec.kind === 'list' ? ' Text, one entry a line.' : ''
  const unset = spec.default === undefined && spec.defaultNote !== undefined
  return `${spec.description}${list}${unset ? ` Default: ${spec.defaultNote}.` : ''}`
}
