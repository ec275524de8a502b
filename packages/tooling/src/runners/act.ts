import { fromGo } from './from-go.ts'
import type { Runner } from './runner.ts'
import { runnerVersions } from './versions.ts'

/** Runs GitHub workflows; here on this machine itself (`-P ubuntu-latest=-self-hosted`). https://nektosact.com */
export const act: Runner = {
  name: 'act',
  ensure: () => fromGo({ name: 'act', module: 'github.com/nektos/act', version: runnerVersions.act }),
}
