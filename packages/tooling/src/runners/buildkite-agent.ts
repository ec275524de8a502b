import { join } from 'node:path'
import { fromGo } from './from-go.ts'
import { buildGoSource } from './from-go-source.ts'
import { installedOnce } from './installed-once.ts'
import type { Runner } from './runner.ts'
import { runnerVersions } from './versions.ts'

const name = 'buildkite-agent'
const module = 'github.com/buildkite/agent/v3'

// It matches file patterns of artifacts, under a domain of its author's that not every Go proxy serves;
// an earlier release stands on GitHub. No job of ours depends on the difference.
const filePatterns = { module: 'drjosh.dev/zzglob', by: 'github.com/DrJosh9000/zzglob@v0.3.4' }

/** Buildkite's agent, whose `bootstrap` command runs one job without a server. https://buildkite.com/docs/agent */
export const buildkiteAgent: Runner = {
  name,
  async ensure() {
    const version = runnerVersions.buildkiteAgentV3
    const replaced = `${version}-replaced`
    const built = await fromGo({ name, module, version, builtAs: 'agent' })
    if (built.kind === 'ready') return built
    if (!built.reason.includes(filePatterns.module)) return built
    return installedOnce(name, replaced, name, (folder) =>
      buildGoSource(`${module}@v${version}`, filePatterns, join(folder, name)),
    )
  },
}
