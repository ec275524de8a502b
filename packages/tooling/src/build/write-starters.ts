import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Writes the files that start one half of a bundle each: `<name>.js` calls the function that the bundle's entry
 * exports under that name. So programs that share most of their code share it on disk too.
 * A signal that comes while that code is still being loaded is kept (core's `collectStopSignals` takes it over): it
 * would otherwise end the process before it could say anything.
 */
export async function writeStarters(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await writeFile(join(folder, `${name}.js`), starter(name))
  }
}

const starter = (name: string) => `const early = (globalThis[Symbol.for('oz-agent.early-signals')] = [])
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => early.push(signal))
const { ${name} } = await import('./index.js')
await ${name}()
`
