import type { Figure } from './figure.ts'

/** The step's memory must not grow with what the agent prints. */
export const memory: Figure = {
  name: 'memory',
  what: 'Peak memory of the step at 256 MB of events',
  limit: 150,
  unit: 'MB',
  async measure(bench) {
    return { value: await bench.stepPeak(256), detail: 'resident, of the process that the runner starts' }
  },
}
