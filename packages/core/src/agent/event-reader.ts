import type { Redactor } from '../auth/redactor.ts'
import type { AppendFile } from '../ports.ts'
import { type Fields, jsonObject, type OzEvent, toEvent } from './event.ts'
import { LineSplitter } from './lines.ts'
import {
  MAX_TAIL,
  NO_EVENTS,
  type RunState,
  reduceEvent,
  reducePlainLine,
  reduceStderrLine,
} from './run-state.ts'
import { Transcript } from './transcript.ts'

/**
 * Redacts the decoded strings and keys of a JSON object, where `\u` escapes could spell a secret that the bytes of
 * the line do not show. Returns the same object when nothing had to be hidden.
 */
export function redactFields(fields: Fields, redactor: Redactor): Fields {
  return redactValue(fields, redactor) as Fields
}

function redactValue(value: unknown, redactor: Redactor): unknown {
  if (typeof value === 'string') return redactor.text(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const entries = value.map((entry) => redactValue(entry, redactor))
    return entries.some((entry, index) => entry !== value[index]) ? entries : value
  }
  const entries = Object.entries(value).map(
    ([key, entry]) => [redactor.text(key), redactValue(entry, redactor)] as const,
  )
  const before = Object.entries(value)
  const changed = entries.some(
    ([key, entry], index) => key !== before[index]?.[0] || entry !== before[index]?.[1],
  )
  return changed ? Object.fromEntries(entries) : value
}

export interface EventReaderOptions {
  readonly redactor: Redactor
  /** `transcript.ndjson`; see `Transcript` for its lines. */
  readonly transcript: AppendFile
  /** All that the agent said, as Markdown, messages parted by an empty line. */
  readonly said?: AppendFile
  onEvent(event: OzEvent): void
  /** A line of stdout that is no event. */
  onPlainLine(text: string): void
  onStderrLine?(text: string): void
}

export interface EventReader {
  /** Takes bytes of the CLI's stdout. */
  push(chunk: Uint8Array): void
  /** Takes bytes of its stderr. */
  stderr(chunk: Uint8Array): void
  /** Takes what was held back as the last line of each stream. Does not close the files. Calling it again does nothing. */
  end(): void
  state(): RunState
}

/**
 * Reads the output of one run once, in constant memory: redacts it, writes it down, and turns it into events and
 * the state that they add up to. Each call has written whole lines to the files when it returns. Never throws for
 * what the CLI prints; throws the system's error when a file cannot be written.
 */
export function createEventReader(options: EventReaderOptions): EventReader {
  const { redactor, said } = options
  const transcript = new Transcript(options.transcript)
  const stdout = { redacting: redactor.stream(), lines: new LineSplitter(onStdoutLine) }
  const stderr = { redacting: redactor.stream(), lines: new LineSplitter(onStderrLine) }
  let state = NO_EVENTS
  let outputBytes = 0
  let saidSomething = false
  let unwritten = ''

  function onStdoutLine(bytes: Buffer, start: number, end: number, cut: boolean): void {
    const text = bytes.toString('utf8', start, end)
    const fields = cut ? undefined : jsonObject(text)
    if (fields === undefined) {
      transcript.plain('stdout', text, cut)
      state = reducePlainLine(state, text)
      options.onPlainLine(text)
      return
    }
    const safe = text.includes('\\u') ? redactFields(fields, redactor) : fields
    if (safe !== fields) transcript.rewritten(JSON.stringify(safe))
    // Bytes that are no UTF-8 would make a line that strict readers refuse.
    else if (text.includes('\ufffd')) transcript.rewritten(text)
    else transcript.event(bytes, start, end)
    const event = toEvent(safe)
    state = reduceEvent(state, event)
    if (event.type === 'agent') say(event.text)
    options.onEvent(event)
  }

  function onStderrLine(bytes: Buffer, start: number, end: number, cut: boolean): void {
    const text = bytes.toString('utf8', start, end)
    transcript.plain('stderr', text, cut)
    state = reduceStderrLine(state, text)
    options.onStderrLine?.(text)
  }

  function say(text: string): void {
    if (said === undefined || text.trim() === '') return
    unwritten += `${saidSomething ? '\n\n' : ''}${text.trimEnd()}`
    saidSomething = true
  }

  function flush(): void {
    transcript.flush()
    if (unwritten !== '') said?.write(unwritten)
    unwritten = ''
  }

  return {
    push(chunk) {
      outputBytes += chunk.length
      stdout.lines.push(stdout.redacting.push(chunk))
      flush()
    },
    stderr(chunk) {
      stderr.lines.push(stderr.redacting.push(chunk))
      flush()
    },
    end() {
      for (const { redacting, lines } of [stdout, stderr]) {
        lines.push(redacting.end())
        lines.end()
      }
      flush()
    },
    state() {
      const { pending: _pending, ...known } = state
      return { ...known, outputBytes, tail: state.tail.slice(-MAX_TAIL) }
    },
  }
}
