/** A file that is made from the contract. */
export interface FileGenerator {
  /** Relative to the checkout, with forward slashes. */
  readonly path: string
  /** The whole file, ending in a newline. */
  render(): string | Promise<string>
}

/** A part of Markdown files that is made from the contract, wherever a file has `<!-- generated:<name> -->`. */
export interface RegionGenerator {
  readonly name: string
  /** What stands between the markers, without blank lines around it. */
  render(): string
}
