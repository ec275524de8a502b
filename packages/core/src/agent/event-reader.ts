import type { Redactor } from '../auth/redactor.ts'
import type { AppendFile } from '../ports.ts'
import { jsonObject, type OzEvent, toEvent } from './event.ts'
import { LineSplitter } from './lines.ts'
import { mayHoldSecret, redactEvent } from './redact-event.ts'
import {
  MAX_TAIL,
  NO_EVENTS,
  type RunState,
  reduceEvent,
  reducePlainLine,
  reduceStderrLine,
} from './run-state.ts'
import { Transcript } from './transcript.ts'

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

const LINE_END = Buffer.from('\n')

/**
 * Reads the output of one run once, in constant memory: redacts it, writes it down, and turns it into events and
 * the state that they add up to. Each call has written whole lines to the files when it returns. Never throws for
 * what the CLI prints; throws the system's error when a file cannot be written.
 */
export function createEventReader(options: EventReaderOptions): EventReader {
  const { redactor, said } = options
  const transcript = new Transcript(options.transcript)
  const lines = new LineSplitter(onStdoutLine)
  // What is no event. A secret may go over several lines of it, so that it is redacted as a stream.
  const plain = { redacting: redactor.stream(), lines: new LineSplitter(onPlainLine) }
  const stderr = { redacting: redactor.stream(), lines: new LineSplitter(onStderrLine) }
  let state = NO_EVENTS
  let outputBytes = 0
  let saidSomething = false
  let unwritten = ''

  // First parsed, then redacted: a secret that stands in JSON's own syntax must not make an event unreadable.
  function onStdoutLine(bytes: Buffer, start: number, end: number, cut: boolean, ended: boolean): void {
    const text = cut ? '' : bytes.toString('utf8', start, end)
    const fields = cut ? undefined : jsonObject(text)
    if (fields === undefined) {
      // Copied, as the splitter keeps what has not ended.
      plain.lines.push(plain.redacting.push(Buffer.from(bytes.subarray(start, end))))
      if (ended) plain.lines.push(plain.redacting.push(LINE_END))
      return
    }
    endPlain()
    const redacted = mayHoldSecret(bytes.subarray(start, end), text, redactor)
      ? redactEvent(fields, redactor)
      : undefined
    if (redacted !== undefined) transcript.rewritten(redacted.json)
    // Bytes that are no UTF-8 would make a line that strict readers refuse.
    else if (text.includes('\ufffd')) transcript.rewritten(text)
    else transcript.event(bytes, start, end)
    const event = toEvent(redacted?.fields ?? fields)
    state = reduceEvent(state, event)
    if (event.type === 'agent') say(event.text)
    options.onEvent(event)
  }

  function onPlainLine(bytes: Buffer, start: number, end: number, cut: boolean): void {
    const text = bytes.toString('utf8', start, end)
    transcript.plain('stdout', text, cut)
    state = reducePlainLine(state, text)
    options.onPlainLine(text)
  }

  /** Before an event, and at the end: what is held back there cannot become a secret any more. */
  function endPlain(): void {
    plain.lines.push(plain.redacting.end())
    plain.lines.end()
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
      lines.push(chunk)
      flush()
    },
    stderr(chunk) {
      stderr.lines.push(stderr.redacting.push(chunk))
      flush()
    },
    end() {
      lines.end()
      endPlain()
      stderr.lines.push(stderr.redacting.end())
      stderr.lines.end()
      flush()
    },
    state() {
      const { pending: _pending, ...known } = state
      return { ...known, outputBytes, tail: state.tail.slice(-MAX_TAIL) }
    },
  }
}
