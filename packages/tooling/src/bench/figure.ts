import type { Bench } from './bench.ts'

/** One measured promise, or a figure that helps to judge the promises. */
export interface Figure {
  readonly name: string
  readonly what: string
  /** The largest value that keeps the promise; undefined for a figure that is only told. */
  readonly limit: number | undefined
  readonly unit: 'times' | 'MB' | 'ms'
  measure(bench: Bench): Promise<Measurement>
}

export interface Measurement {
  readonly value: number
  /** What the value was made from, for a reader who doubts it. */
  readonly detail: string
}
