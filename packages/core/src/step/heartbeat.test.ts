import { describe, expect, test } from 'vitest'
import { FakeClock } from '../testing/fakes.ts'
import { startHeartbeat } from './heartbeat.ts'

const MINUTE = 60_000

function scene() {
  const clock = new FakeClock()
  const lines: string[] = []
  const say = (line: string) => void lines.push(line)
  return { clock, lines, heartbeat: startHeartbeat('No output', say, clock) }
}

describe('the heartbeat of a silent agent', () => {
  test('comes after a minute, then less and less often, but within 10 minutes', async () => {
    const { clock, lines } = scene()
    await clock.advance(MINUTE - 1)
    expect(lines).toEqual([])
    await clock.advance(20 * MINUTE)
    expect(lines).toEqual(
      ['1m', '2m', '4m', '8m', '13m', '18m'].map((time) => `No output for ${time}; running ${time}.`),
    )
  })

  test('stops at the first output, and counts anew from the last', async () => {
    const { clock, lines, heartbeat } = scene()
    await clock.advance(MINUTE)
    for (let second = 0; second < 90; second += 1) {
      await clock.advance(1000)
      heartbeat.heard()
    }
    expect(lines).toEqual(['No output for 1m; running 1m.'])
    await clock.advance(MINUTE)
    expect(lines.slice(1)).toEqual(['No output for 1m; running 3m30s.'])
  })

  test('ends with the agent, and leaves no timer', async () => {
    const { clock, lines, heartbeat } = scene()
    await clock.advance(MINUTE + 1)
    heartbeat.end()
    await clock.advance(60 * MINUTE)
    expect(lines).toHaveLength(1)
    expect(clock.waiting).toBe(0)
  })
})
