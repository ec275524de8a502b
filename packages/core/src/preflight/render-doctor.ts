import { printable } from '../report/printable.ts'
import type { DoctorFinding, DoctorReport } from './doctor-report.ts'

const MARKS: Record<DoctorFinding['status'], string> = {
  ok: '✓ ok     ',
  warning: '! warning',
  problem: '✗ problem',
  skipped: '- skipped',
}

/** The report as a table for people: a line for each finding, its repair below it, the sum at the end. Pure. */
export function renderDoctor(report: DoctorReport): string {
  const width = Math.max(...report.findings.map(({ title }) => title.length), 0)
  const margin = ' '.repeat('✗ problem'.length + width + 4)
  const rows = report.findings.map(({ status, title, summary, repair }) => {
    const text = printable(summary).split('\n').join(`\n${margin}`)
    const row = `${MARKS[status]}  ${title.padEnd(width)}  ${text}`
    return repair === null ? row : `${row}\n${margin}→ ${printable(repair)}`
  })
  return `${[...rows, '', sum(report)].join('\n')}\n`
}

function sum({ findings, exit_code: exitCode }: DoctorReport): string {
  const problems = findings.filter(({ status }) => status === 'problem').length
  const warnings = findings.filter(({ status }) => status === 'warning').length
  if (problems + warnings === 0) return 'Nothing is wrong.'
  const count = (amount: number, word: string) => `${amount} ${word}${amount === 1 ? '' : 's'}`
  const counts = `${count(problems, 'problem')}, ${count(warnings, 'warning')}`
  return problems === 0 ? `${counts}: a step can run.` : `${counts}: a step would end with ${exitCode}.`
}
