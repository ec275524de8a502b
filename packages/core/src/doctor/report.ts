import * as z from 'zod/mini'
import { outcomeNamed } from '../contract/outcomes.ts'
import { printable } from '../report/text.ts'
import type { ProblemCode } from './finding.ts'

export const DOCTOR_REPORT_VERSION = 1

/** `doctor --json`. Fields are only ever added within a version. */
export const doctorReportSchema = z.object({
  version: z.literal(DOCTOR_REPORT_VERSION),
  status: z.enum(['ok', 'warning', 'problem']).check(z.describe('the worst finding')),
  exit_code: z
    .int()
    .check(z.gte(0), z.lte(255), z.describe('what doctor ends with: 0, or the code of the worst problem')),
  ci: z.string(),
  duration_ms: z.number().check(z.nonnegative()),
  findings: z.array(
    z.object({
      id: z.string(),
      group: z.enum(['inputs', 'machine', 'cli', 'account', 'network', 'folders', 'ci']),
      title: z.string(),
      status: z.enum(['ok', 'warning', 'problem', 'skipped']),
      code: z
        .nullable(z.enum(['invalid-input', 'unavailable', 'not-permitted', 'temporary']))
        .check(z.describe('the outcome that a step would end with; null where it is no problem')),
      summary: z.string(),
      repair: z.nullable(z.string()).check(z.describe('what to do about it')),
    }),
  ),
})

export type DoctorReport = z.infer<typeof doctorReportSchema>
export type DoctorFinding = DoctorReport['findings'][number]

/** Worst first: a retry helps least against the first, most against the last. */
const WORST_FIRST: readonly ProblemCode[] = ['invalid-input', 'unavailable', 'not-permitted', 'temporary']

/** The code of the worst problem, by the contract; 0 where there is none. Pure. */
export function exitCodeOf(findings: readonly Pick<DoctorFinding, 'code'>[]): number {
  const worst = WORST_FIRST.find((code) => findings.some((finding) => finding.code === code))
  return worst === undefined ? 0 : outcomeNamed(worst).exitCode
}

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
