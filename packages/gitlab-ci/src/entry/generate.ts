import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { runGenerator } from '../generator/run-generator.ts'
import { folderRepository } from '../node-ports/folder-repository.ts'

const BESIDE = new URL('../job/index.js', import.meta.url)

process.exitCode = await runGenerator(process.argv.slice(2), {
  repository: (folder) => folderRepository(resolve(folder)),
  program: (file) => (file === undefined ? readFile(BESIDE).catch(() => undefined) : readFile(resolve(file))),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
})
