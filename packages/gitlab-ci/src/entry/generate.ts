import { dirname, resolve } from 'node:path'
import { runGenerator } from '../generator/run-generator.ts'
import { folderRepository } from '../node-ports/folder-repository.ts'
import { readProgramFile } from '../node-ports/program-file.ts'

// From the path of this program, as bundlers would take `new URL(…, import.meta.url)` for a file to pack.
const BESIDE = resolve(dirname(process.argv[1] ?? '.'), '../job/index.js')

// Whoever reads the output may stop early.
process.stdout.on('error', () => {})

process.exitCode = await runGenerator(process.argv.slice(2), {
  repository: (folder) => folderRepository(resolve(folder)),
  program: (file) => readProgramFile(file === undefined ? BESIDE : resolve(file)),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
})
