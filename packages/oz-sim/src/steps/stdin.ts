import { kindOfDescriptor } from '../record/descriptor.ts'
import { message } from '../run/event.ts'
import { duration, toMs } from './duration.ts'
import { defineStep } from './step.ts'

export const stdin = defineStep({
  name: 'stdin',
  summary: 'Reads its stdin and says as JSON what it is, how many bytes came, and whether it ended.',
  schema: (z) =>
    z.strictObject({
      within: duration(z).optional().describe('How long to wait for its end; `300ms` by default.'),
    }),
  run: async ({ within = '300ms' }, agent) => {
    const kind = kindOfDescriptor(0)
    let bytes = 0
    const drained = agent.host.drainStdin((count) => {
      bytes += count
    })
    const ended = await Promise.race([drained.then(() => true), agent.sleep(toMs(within)).then(() => false)])
    await agent.emit(message(JSON.stringify({ stdin: kind, bytes, ended })))
  },
})
