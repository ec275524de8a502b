import { hasInvisible } from '../auth/invisible.ts'
import { type Range, REDACTED, type Redactor } from '../auth/redactor.ts'
import type { Fields } from './event.ts'

/**
 * Redacts the strings and keys of a JSON value, decoded: escapes could spell a secret that the bytes of the line do not
 * show. Returns the same value when nothing had to be hidden.
 * @param isOurs whether a key is a word of the format, which no secret may change.
 */
export function redactValue(
  value: unknown,
  redactor: Redactor,
  isOurs: (key: string) => boolean = () => false,
): unknown {
  if (typeof value === 'string') return redactor.text(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const entries = value.map((entry) => redactValue(entry, redactor, isOurs))
    return entries.some((entry, index) => entry !== value[index]) ? entries : value
  }
  const before = Object.entries(value)
  const entries = before.map(
    ([key, entry]) =>
      [
        isOurs(key) ? key : redactor.text(key),
        keepsWord(key, entry) ? entry : redactValue(entry, redactor, isOurs),
      ] as const,
  )
  const changed = entries.some(
    ([key, entry], index) => key !== before[index]?.[0] || entry !== before[index]?.[1],
  )
  return changed ? Object.fromEntries(entries) : value
}

/** Words by which an event says what it is: keys of the stream's format. */
const KEYS: ReadonlySet<string> = new Set([
  ...[
    'type',
    'event_type',
    'artifact_type',
    'text',
    'tool',
    'status',
    'complete',
    'command',
    'exit_code',
    'output',
  ],
  ...[
    'error',
    'run_id',
    'run_url',
    'conversation_id',
    'join_url',
    'task_id',
    'name',
    'title',
    'description',
    'url',
  ],
  ...[
    'todo_list',
    'completed_todos',
    'addressed_comments',
    'comment_text',
    'file_path',
    'line_number',
    'files',
  ],
  ...[
    'file_paths',
    'failed_files',
    'path',
    'patterns',
    'queries',
    'query',
    'codebase',
    'lines',
    'start',
    'end',
    'diff',
  ],
  ...[
    'uri',
    'filepath',
    'filename',
    'branch',
    'mime_type',
    'size_bytes',
    'artifact_uid',
    'document_id',
    'notebook_link',
  ],
])

/** The same, as values of `type` and its like. */
const WORDS: ReadonlySet<string> = new Set([
  ...[
    'system',
    'agent',
    'agent_reasoning',
    'tool_call',
    'tool_result',
    'tool_error',
    'tool_canceled',
    'update_todos',
  ],
  ...[
    'complete_todos',
    'artifact_created',
    'num_comments_addressed',
    'Subagent',
    'SkillInvoked',
    'run_started',
  ],
  ...[
    'conversation_started',
    'shared_session_established',
    'pull_request',
    'plan',
    'screenshot',
    'file',
    'complete',
  ],
  ...['run_command', 'write_to_command', 'read_files', 'edit_files', 'grep', 'search_codebase', 'file_glob'],
  ...['upload_artifact', 'read_mcp_resource', 'call_mcp_tool'],
])
const WORD_KEYS: ReadonlySet<string> = new Set(['type', 'event_type', 'artifact_type', 'tool', 'status'])

const keepsWord = (key: string, value: unknown): boolean =>
  WORD_KEYS.has(key) && typeof value === 'string' && WORDS.has(value)

/**
 * Whether a line of JSON may hold a secret: in its bytes, through escapes, or with something unseen inside. Cheap, and
 * false for nearly all lines.
 */
export function mayHoldSecret(line: Uint8Array, text: string, redactor: Redactor): boolean {
  return /\\[ubf/]/.test(text) || hasInvisible(text) || redactor.find(line).length > 0
}

/**
 * An event without secrets, as fields and as the JSON of them; undefined when there are none. What a secret covers of
 * the format itself (quotes, commas, `"type":"agent"`) stays as it is: there it tells nothing, and without it the event
 * would be none. A secret that is a piece of JSON loses every value that it covers.
 */
export function redactEvent(
  fields: Fields,
  redactor: Redactor,
): { fields: Fields; json: string } | undefined {
  const redacted = redactValue(fields, redactor, (key) => KEYS.has(key)) as Fields
  const json = JSON.stringify(redacted)
  const bytes = Buffer.from(json)
  const found = redactor.find(bytes)
  const safe = found.length === 0 ? json : withoutValues(bytes, found)
  if (redacted === fields && safe === json) return undefined
  return { fields: safe === json ? redacted : (JSON.parse(safe) as Fields), json: safe }
}

/** Strings with the colon that makes keys of them, and the other values, in JSON without blanks. */
const TOKEN = /"(?:[^"\\]|\\.)*"(:?)|-?\d[\d.eE+-]*|true|false|null/g

function withoutValues(bytes: Buffer, found: readonly Range[]): string {
  const latin = bytes.toString('latin1')
  let key = ''
  let safe = ''
  let done = 0
  let next = 0
  for (const { index, 0: token, 1: colon } of latin.matchAll(TOKEN)) {
    if (colon === ':') {
      key = token.slice(1, -2)
      continue
    }
    const isText = token.startsWith('"')
    const [start, end] = isText ? [index + 1, index + token.length - 1] : [index, index + token.length]
    while (next < found.length && (found[next] as Range)[1] <= start) next++
    if (next === found.length) break
    if ((found[next] as Range)[0] >= end) continue
    if (isText && (token.slice(1, -1) === REDACTED || keepsWord(key, token.slice(1, -1)))) continue
    safe += `${latin.slice(done, index)}"${REDACTED}"`
    done = index + token.length
  }
  return Buffer.from(safe + latin.slice(done), 'latin1').toString()
}
