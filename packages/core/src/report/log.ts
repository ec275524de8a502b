import type { OzEvent } from '../agent/event.ts'
import type { Redactor } from '../auth/redactor.ts'
import type { TextSink } from '../ports.ts'
import type { LogFormat, LogItem, NoteLevel } from './log-format.ts'
import { EventRenderer } from './render-event.ts'
import { clipLines, clipMessage, printable, withoutPasswords } from './text.ts'

export interface LogWriterOptions {
  readonly format: LogFormat
  readonly sink: TextSink
  readonly redactor: Redactor
  /** Bytes of the finished log that the agent's output may take; our own notes and links come on top. */
  readonly budgetBytes: number
  /** Named in the notice that the budget is spent. */
  readonly transcriptFile: string
}

export interface LogWriter {
  event(event: OzEvent): void
  /** A line of stdout that is no event. */
  plain(text: string): void
  stderr(text: string): void
  /** Our own words; never cut, and sent at once: whoever waits for a slow part of the step sees what it does. */
  note(level: NoteLevel, text: string, title?: string): void
  /** Our own words while the agent is silent, sent at once. They end an open group, in which they could be folded away. */
  heartbeat(text: string): void
  link(label: string, url: string): void
  /** Hands what was written to the sink and waits until it takes more. */
  drain(): Promise<void>
  /** Closes what is open, says the last message if the budget kept it back, and drains. */
  end(): Promise<void>
}

/** Beyond this the sink gets its text without waiting for `drain`. */
const BATCH_CHARACTERS = 64 * 1024

/** Writes the log of one run: redacted, printable, within its budget, in the platform's form. */
export function createLogWriter(options: LogWriterOptions): LogWriter {
  const { format, sink, redactor } = options
  const renderer = new EventRenderer()
  let left = options.budgetBytes
  let cut = false
  let heldMessage: string | undefined
  let batch = ''
  let written: Promise<void> = Promise.resolve()

  function put(item: LogItem): number {
    const text = format.format(redactItem(item, redactor))
    batch += text
    if (batch.length >= BATCH_CHARACTERS) send()
    return Buffer.byteLength(text)
  }

  function send(): void {
    const text = batch
    batch = ''
    if (text !== '') written = written.then(() => sink.write(text))
    // Whoever drains sees the error; until then it must not count as unhandled.
    written.catch(() => {})
  }

  // Items of one event stand together: the budget may be overrun by one event, whose bodies are short.
  function spend(items: readonly LogItem[]): void {
    for (const item of items) left -= put(item)
    if (left > 0) return
    cut = true
    for (const item of renderer.closeGroup()) put(item)
    put({
      kind: 'note',
      level: 'notice',
      title: 'The log is cut here',
      text: `The agent's output is longer than this log may be (${options.budgetBytes} bytes). All of it is in ${options.transcriptFile}`,
    })
  }

  function line(text: string): void {
    if (!cut) spend([{ kind: 'body', text: clipLines(text) }])
  }

  return {
    event(event) {
      if (!cut) spend(renderer.render(event))
      else if (event.type === 'agent' && event.text.trim() !== '') heldMessage = event.text
      else if (LINKED.has(event.type)) for (const item of renderer.render(event)) put(item)
    },
    plain: line,
    stderr: line,
    note(level, text, title) {
      put({ kind: 'note', level, text, ...(title === undefined ? {} : { title }) })
      send()
    },
    heartbeat(text) {
      for (const item of renderer.closeGroup()) put(item)
      put({ kind: 'note', level: 'info', text })
      send()
    },
    link(label, url) {
      put({ kind: 'link', label, url })
    },
    drain() {
      send()
      return written
    },
    end() {
      for (const item of renderer.end()) put(item)
      if (heldMessage !== undefined) put({ kind: 'say', text: clipMessage(heldMessage) })
      heldMessage = undefined
      send()
      return written
    },
  }
}

/** Events whose links are worth a line after the cut too. */
const LINKED: ReadonlySet<OzEvent['type']> = new Set([
  'run_started',
  'shared_session_established',
  'artifact_created',
])

// Once more, although the stream was redacted: what escape sequences had torn apart, printing has joined.
function redactItem(item: LogItem, redactor: Redactor): LogItem {
  const clean = (text: string): string => withoutPasswords(redactor.text(printable(text)))
  switch (item.kind) {
    case 'say':
    case 'body':
      return { ...item, text: clean(item.text) }
    case 'open':
      return { ...item, title: clean(item.title) }
    case 'close':
      return item
    case 'note':
      return {
        ...item,
        text: clean(item.text),
        ...(item.title === undefined ? {} : { title: clean(item.title) }),
      }
    case 'link':
      return { ...item, label: clean(item.label), url: clean(item.url) }
  }
}
