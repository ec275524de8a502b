import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startProcess } from './start-process.ts'

const source = fileURLToPath(new URL('ports.ts', import.meta.url))

/** A process that collects signals, says so, and listens when two signals have come. */
const script = `
  import { collectStopSignals } from ${JSON.stringify(source)}
  const stop = collectStopSignals()
  let count = 0
  stop.listen(() => {
    if (++count < 2) return console.log('first')
    const heard = []
    stop.listen((signal) => heard.push(signal))()
    console.log(heard.join(' '))
    clearInterval(alive)
  })
  const alive = setInterval(() => {}, 1000)
  console.log('ready')
`

test.runIf(process.platform !== 'win32').each([
  { signals: ['SIGINT', 'SIGTERM'], heard: 'SIGINT SIGTERM' },
  { signals: ['SIGHUP', 'SIGINT'], heard: 'SIGTERM SIGINT' },
] as const)(
  'signals $signals do not end the process and reach who listens later',
  async ({ signals, heard }) => {
    const env = { PATH: process.env.PATH }
    const args = ['--input-type=module', '-e', script]
    const child = await startProcess({ file: process.execPath, args, env })
    let said = ''
    for await (const chunk of child.stdout) {
      said += Buffer.from(chunk).toString()
      if (said === 'ready\n') process.kill(child.pid, signals[0])
      if (said === 'ready\nfirst\n') process.kill(child.pid, signals[1])
    }
    expect(said).toBe(`ready\nfirst\n${heard}\n`)
    expect(await child.exited).toEqual({ kind: 'code', code: 0 })
  },
)
