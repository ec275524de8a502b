import { describe, expect, it } from 'vitest'
import type { Called } from '../agent/agent-commands.ts'
import { createAnnotator } from './annotator.ts'

const OK: Called = { ok: true, stdout: '' }

/** Calls that end when they are told to. */
function controlled() {
  const sent: string[] = []
  const ends = new Map<string, () => void>()
  const send = (name: string) => () => {
    sent.push(name)
    return new Promise<Called>((resolve) => ends.set(name, () => resolve(OK)))
  }
  return { sent, send, end: (name: string) => ends.get(name)?.() }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('the annotator', () => {
  it('sends one update after the other', async () => {
    const { sent, send, end } = controlled()
    const annotator = createAnnotator()
    const first = annotator.update(send('started'))
    const second = annotator.update(send('finished'))
    await settle()
    expect(sent).toEqual(['started'])
    end('started')
    await first
    await settle()
    expect(sent).toEqual(['started', 'finished'])
    end('finished')
    expect(await second).toBe(OK)
  })

  it('leaves out updates that a newer one replaces before their turn', async () => {
    const { sent, send, end } = controlled()
    const annotator = createAnnotator()
    void annotator.update(send('run'))
    const replaced = annotator.update(send('session'))
    const last = annotator.update(send('finished'))
    end('run')
    await settle()
    end('finished')
    await Promise.all([replaced, last])
    expect(sent).toEqual(['run', 'finished'])
  })

  it('does not wait for one that hangs when there is no time', async () => {
    const { sent, send, end } = controlled()
    const annotator = createAnnotator()
    void annotator.update(send('hangs'))
    const last = annotator.update(send('finished'), Promise.resolve())
    await settle()
    expect(sent).toEqual(['hangs', 'finished'])
    end('finished')
    expect(await last).toBe(OK)
  })

  it('can be used again', async () => {
    const { sent, send, end } = controlled()
    const annotator = createAnnotator()
    for (const name of ['a', 'b']) {
      const update = annotator.update(send(name))
      end(name)
      await update
    }
    expect(sent).toEqual(['a', 'b'])
  })
})
