import { createOz, readCalls } from '@oz-agent/oz-sim'
import { LocalRunner } from './local-runner.ts'

export const KEY = 'wk-0123456789abcdef'

/** A job with the committed action and a stand-in CLI that behaves by the script. */
export async function jobWith(script: Parameters<typeof createOz>[0]['script']) {
  const runner = new LocalRunner('bundle')
  const oz = await createOz({ dir: runner.bin, ...(script === undefined ? {} : { script }) })
  return {
    runner,
    oz,
    inputs: { prompt: 'Look around.', warp_api_key: KEY },
    /** How often the run was reported as over. */
    async closings(): Promise<readonly (readonly string[])[]> {
      const calls = await readCalls(oz.record)
      return calls.map((call) => call.argv).filter((argv) => argv.includes('report-shutdown'))
    },
    agentRuns: async () => (await readCalls(oz.record)).filter((call) => call.argv[0] === 'agent'),
  }
}
