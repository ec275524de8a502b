// Prints the steps that follow from a result.json, as JSON, which is a form of YAML.
import { readFileSync } from 'node:fs'

const result = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const steps = []

if (result.outcome === 'succeeded' && result.statistics.edited_file_count > 0) {
  // A step of its own has a checkout of its own: it takes the agent's changes from the artifacts.
  const commands = [
    'buildkite-agent artifact download oz-agent/changes.patch . --step upgrade',
    'git apply --index oz-agent/changes.patch',
    'make test-upgrade',
  ]
  steps.push({ label: ':hammer: Test the upgrade', command: commands.join('\n') })
} else if (result.outcome === 'succeeded') {
  steps.push({ label: ':zzz: Nothing to upgrade', command: 'true' })
} else {
  // Whatever the agent wrote stays out of commands: a label shows it, and nothing runs it.
  const reason = result.reason.replaceAll('$', () => '$$').slice(0, 200)
  steps.push({ block: `:warning: No upgrade (${result.outcome}): ${reason}` })
}

console.log(JSON.stringify({ steps }, null, 2))
