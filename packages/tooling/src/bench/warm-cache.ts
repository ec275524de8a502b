import { join } from 'node:path'
import { execaNode } from 'execa'
import * as z from 'zod'
import { root } from '../paths.ts'
import type { Figure } from './figure.ts'

const timesSchema = z.object({ cold: z.number(), warm: z.number(), latest: z.number() })

/** A CLI that is installed and pinned must cost a step next to nothing. */
export const warmCache: Figure = {
  name: 'warm-cache',
  what: 'Finding a pinned CLI in the warm tool cache',
  limit: 15,
  unit: 'ms',
  async measure() {
    const script = join(root, 'packages/core/bench/find-cli.ts')
    const { stdout } = await execaNode(script, { nodeOptions: ['--conditions=source'] })
    const { cold, warm, latest } = timesSchema.parse(JSON.parse(stdout))
    return { value: warm, detail: `median of 51; latest ${latest} ms, first install of 20 MB ${cold} ms` }
  },
}
