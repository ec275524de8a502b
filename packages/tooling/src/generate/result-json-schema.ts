import { resultSchema } from '@oz-agent/core'
import * as z from 'zod'
import { renderJson } from './render-json.ts'

/** The published schema of `result.json`. Readers must accept fields that a later release adds. */
export function resultJsonSchema(): string {
  const schema = z.toJSONSchema(resultSchema, { io: 'input' })
  return renderJson({ ...schema, title: 'result.json of an Oz agent step' })
}
