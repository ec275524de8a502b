import type { Figure } from './figure.ts'
import { medianOfTurns } from './statistics.ts'

/** A long run must not cost more for each of its megabytes than a short one. */
export const linearity: Figure = {
  name: 'linearity',
  what: 'Time for each MB of events: 128 MB against 32 MB',
  limit: 1.3,
  unit: 'times',
  async measure(bench) {
    const { short, long } = await medianOfTurns(3, {
      short: () => bench.step(32),
      long: () => bench.step(128),
    })
    const [perShort, perLong] = [short / 32, long / 128]
    return {
      value: perLong / perShort,
      detail: `${perLong.toFixed(1)} ms/MB against ${perShort.toFixed(1)} ms/MB`,
    }
  },
}
