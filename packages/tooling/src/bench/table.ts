import type { Figure, Measurement } from './figure.ts'

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
