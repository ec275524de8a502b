import { doctorReportSchema } from '@oz-agent/core'
import * as z from 'zod'
import { renderJson } from './render-json.ts'

/** The published schema of `doctor --json`. Readers must accept fields that a later release adds. */
export function doctorJsonSchema(): string {
  const schema = z.toJSONSchema(doctorReportSchema, { io: 'input' })
  return renderJson({ ...schema, title: 'Report of oz-agent doctor' })
}
