/** How bad a note of ours is; platforms that have annotations show `notice` and up as such. */
export type NoteLevel = 'info' | 'notice' | 'warning' | 'error'

/**
 * One piece of the log, free of any platform's syntax.
 * `title` and `text` may hold what the agent chose: a format must make it harmless.
 */
export type LogItem =
  /** The agent speaks (Markdown). */
  | { readonly kind: 'say'; readonly text: string }
  /** A foldable group begins; an open one ends. */
  | { readonly kind: 'open'; readonly title: string }
  /** Lines in the group, or output that is not a message of the agent. */
  | { readonly kind: 'body'; readonly text: string }
  /** The group ends; a failed one should be easy to see. */
  | { readonly kind: 'close'; readonly failed: boolean }
  /** Our own words. */
  | { readonly kind: 'note'; readonly level: NoteLevel; readonly title?: string; readonly text: string }
  | { readonly kind: 'link'; readonly label: string; readonly url: string }

/** Turns items into the platform's log text: whole lines, or the empty string. May keep state between items. */
export interface LogFormat {
  format(item: LogItem): string
}
