import type { Figure } from './figure.ts'
import { medianOfTurns } from './statistics.ts'

/** Reading, understanding, redacting, storing and showing events must not cost much more than handing them on. */
export const throughput: Figure = {
  name: 'throughput',
  what: '64 MB of events: the step against a bare Node pass-through',
  limit: 8,
  unit: 'times',
  async measure(bench) {
    const { step, bare } = await medianOfTurns(5, {
      step: () => bench.step(64),
      bare: () => bench.passThrough(64),
    })
    return { value: step / bare, detail: `${step.toFixed(0)} ms against ${bare.toFixed(0)} ms` }
  },
}
