// Loaded before a program with --import: leaves the URLs of all files that the program loads, one a line, in a file.
import { writeFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

const file = process.env.OZ_BENCH_RECORD
const loaded = []
registerHooks({
  load(url, context, nextLoad) {
    loaded.push(url)
    return nextLoad(url, context)
  },
})
process.on('exit', () => writeFileSync(file, loaded.join('\n')))
