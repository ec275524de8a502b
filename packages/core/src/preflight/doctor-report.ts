import * as z from 'zod'
import { outcomeNamed } from '../contract/outcomes.ts'
import type { ProblemCode } from './finding.ts'

export const DOCTOR_REPORT_VERSION = 1

/** `doctor --json`. Fields are only ever added within a version. */
export const doctorReportSchema = z.object({
  version: z.literal(DOCTOR_REPORT_VERSION),
  status: z.enum(['ok', 'warning', 'problem']).describe('the worst finding'),
  exit_code: z.int().min(0).max(255).describe('what doctor ends with: 0, or the code of the worst problem'),
  ci: z.string(),
  duration_ms: z.number().nonnegative(),
  findings: z.array(
    z.object({
      id: z.string(),
      group: z.enum(['inputs', 'machine', 'cli', 'account', 'network', 'folders', 'ci']),
      title: z.string(),
      status: z.enum(['ok', 'warning', 'problem', 'skipped']),
      code: z
        .enum(['invalid-input', 'unavailable', 'not-permitted', 'temporary'])
        .nullable()
        .describe('the outcome that a step would end with; null where it is no problem'),
      summary: z.string(),
      repair: z.string().nullable().describe('what to do about it'),
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
