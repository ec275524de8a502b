/** One release of the CLI for one kind of machine. */
export interface Release {
  /** Release tag with its `v`; undefined when only the archive itself can tell (a mirror that serves it directly). */
  readonly version: string | undefined
  /** Where its archive is. */
  readonly url: string
  /** Addresses that were asked before and did not have it. */
  readonly missing: readonly string[]
}
