import { fromPypi } from './from-pypi.ts'
import type { Runner } from './runner.ts'
import { runnerVersions } from './versions.ts'

/** Checks files against the vendors' published schemas, which it brings along. https://check-jsonschema.readthedocs.io */
export const checkJsonschema: Runner = {
  name: 'check-jsonschema',
  ensure: () => fromPypi('check-jsonschema', runnerVersions.checkJsonschema),
}
