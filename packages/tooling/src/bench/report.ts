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

export interface Measured {
  readonly figure: Figure
  readonly measurement: Measurement
}

/** Whether the promise is kept; a value that could not be measured keeps none. */
export function isKept({ figure, measurement }: Measured): boolean {
  return measurement.value <= (figure.limit ?? Number.POSITIVE_INFINITY)
}

/** The measurements as a Markdown table. */
export function renderTable(all: readonly Measured[]): string {
  const rows = all.map((one) => {
    const { figure, measurement } = one
    const shown = `${measurement.value.toFixed(2)} ${figure.unit}`
    const limit = figure.limit === undefined ? '–' : `≤ ${figure.limit} ${figure.unit}`
    const verdict = isKept(one) ? (figure.limit === undefined ? '–' : 'pass') : '**FAIL**'
    return `| ${figure.what} | ${shown} | ${limit} | ${verdict} | ${measurement.detail} |`
  })
  return ['| Figure | Measured | Limit | | From |', '| --- | --- | --- | --- | --- |', ...rows].join('\n')
}

/** The middle of the values; of two middles, their mean. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1)
  return middle.reduce((sum, value) => sum + value, 0) / middle.length
}

/**
 * Runs the subjects in turns, so that whatever else the machine does hits them alike.
 * Returns the median of each, in the unit that it measures in.
 */
export async function medianOfTurns<Name extends string>(
  rounds: number,
  subjects: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Readonly<Record<Name, number>>> {
  const names = Object.keys(subjects) as Name[]
  const taken = new Map<Name, number[]>(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const name of names) taken.get(name)?.push(await subjects[name]())
  }
  return Object.fromEntries(names.map((name) => [name, median(taken.get(name) ?? [])])) as Record<
    Name,
    number
  >
}
