import { fromNpm } from './from-npm.ts'
import type { Runner } from './runner.ts'
import { runnerVersions } from './versions.ts'

/** Runs tests of shell scripts. https://bats-core.readthedocs.io */
export const bats: Runner = {
  name: 'bats',
  ensure: () => fromNpm('bats', runnerVersions.bats, 'node_modules/bats/bin/bats'),
}
