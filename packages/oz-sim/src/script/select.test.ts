import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type Sources, selectScript } from './select.ts'

const folder = mkdtempSync(join(tmpdir(), 'oz-sim-select-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const script = (runId: string) => `{"run_id": "${runId}"}`
const yaml = file('sim.yml', 'run_id: from-yaml-file\nsteps:\n  - message: Hello\n')
const pointed = file('prompt one.md', `A long prompt.\n\n\`\`\`oz-sim\nrun_id: from-fence\n\`\`\`\n`)
const plain = file('plain.md', `[oz-sim: ${script('from-file')}]`)

/** Every row: what there is, and the run id of the script that wins; without one, the scenario's description. */
const ROWS: Readonly<Record<string, readonly [Partial<Sources>, string]>> = {
  nothing: [{}, 'Thinks, says something, ends well.'],
  'a prompt without a marker': [{ prompt: 'fix [this] {now}' }, 'Thinks, says something, ends well.'],
  'a scenario in the prompt': [{ prompt: 'fix it [oz-sim: no-output] now' }, 'Ends with 0 and says nothing.'],
  'a script in the prompt': [{ prompt: `fix it [oz-sim:${script('inline')}] now` }, 'inline'],
  'braces and brackets inside strings': [
    { prompt: '[oz-sim: {"run_id": "a}]{\\"b", "steps": [{"message": "}]"}]}]' },
    'a}]{"b',
  ],
  'a script over several lines': [{ prompt: '[oz-sim: {\n  "run_id": "lines"\n}]' }, 'lines'],
  'a fenced YAML block': [{ prompt: 'Do it.\n```oz-sim\nrun_id: fenced\n```\nThanks.' }, 'fenced'],
  'a file that the prompt names': [{ prompt: `Follow the instructions in ${plain}.` }, 'from-file'],
  'a file that the prompt names in quotes': [{ prompt: `Read '${pointed}' and do it` }, 'from-fence'],
  'a file that is not there': [{ prompt: '/no/such/file' }, 'Thinks, says something, ends well.'],
  'the prompt over the file it names': [{ prompt: `${plain} [oz-sim: ${script('own')}]` }, 'own'],
  'the prompt over the environment': [
    { prompt: '[oz-sim: no-output]', env: { OZ_SIM_SCRIPT: script('env') } },
    'Ends with 0 and says nothing.',
  ],
  'a script in the environment': [{ env: { OZ_SIM_SCRIPT: script('env') } }, 'env'],
  'a YAML script in the environment': [{ env: { OZ_SIM_SCRIPT: 'run_id: env-yaml\nsteps: []' } }, 'env-yaml'],
  'one line of YAML in the environment': [{ env: { OZ_SIM_SCRIPT: 'run_id: one-line' } }, 'one-line'],
  'the path of a script in the environment': [{ env: { OZ_SIM_SCRIPT: yaml } }, 'from-yaml-file'],
  'the script over the scenario': [
    { env: { OZ_SIM_SCRIPT: script('env'), OZ_SIM_SCENARIO: 'no-output' } },
    'env',
  ],
  'the scenario over the settings': [
    { env: { OZ_SIM_SCENARIO: 'no-output' }, settings: { script: yaml } },
    'Ends with 0 and says nothing.',
  ],
  'a script in the settings': [{ settings: { script: { run_id: 'settings' } } }, 'settings'],
  'a path in the settings': [{ settings: { script: yaml } }, 'from-yaml-file'],
  'a scenario in the settings': [{ settings: { scenario: 'no-output' } }, 'Ends with 0 and says nothing.'],
}

const REFUSED: Readonly<Record<string, readonly [Partial<Sources>, string]>> = {
  'an unknown scenario': [{ prompt: '[oz-sim: no-ouput]' }, "did you mean 'no-output'?"],
  'a scenario that is like none': [{ env: { OZ_SIM_SCENARIO: 'zzzzzzzz' } }, 'known scenarios: success, '],
  'JSON that does not parse': [{ prompt: '[oz-sim: {"steps": [}]' }, 'is neither JSON nor YAML'],
  'a path that is not there': [
    { env: { OZ_SIM_SCRIPT: '/no/such.yml' } },
    "OZ_SIM_SCRIPT names '/no/such.yml'",
  ],
  'an unknown key': [{ prompt: '[oz-sim: {"step": []}]' }, 'the script from the prompt is not valid'],
  'an unknown step': [
    { prompt: '[oz-sim: {"steps": [{"mesage": "x"}]}]' },
    'steps[0].mesage: no such step; did you mean',
  ],
  'two steps in one': [
    { prompt: '[oz-sim: {"steps": [{"message": "x", "exit": 1}]}]' },
    'steps[0]: expected one step',
  ],
  'a wrong value in a step': [
    { prompt: '[oz-sim: {"steps": [{"run": {"command": 3}}]}]' },
    'steps[0].run.command:',
  ],
  'a wrong bare value': [{ prompt: '[oz-sim: {"steps": [{"exit": "x"}]}]' }, 'steps[0].exit.code:'],
  'a missing key of a step': [{ prompt: '[oz-sim: {"steps": [{"edit": {}}]}]' }, 'steps[0].edit.path:'],
  'a duration without a unit': [
    { prompt: '[oz-sim: {"steps": [{"wait": "3"}]}]' },
    'steps[0].wait.for: expected a duration',
  ],
  'a script that is no map': [{ env: { OZ_SIM_SCRIPT: 'steps: [1]\nrun_id: [2]' } }, 'run_id: '],
}

const sources = (partial: Partial<Sources>): Sources => ({
  prompt: undefined,
  env: {},
  settings: {},
  ...partial,
})

describe('the script in force', () => {
  it.each(Object.entries(ROWS))('%s', (_name, [partial, wanted]) => {
    const { script } = selectScript(sources(partial))
    expect(script.run_id ?? script.description).toBe(wanted)
  })
})

describe('a script that is refused', () => {
  it.each(Object.entries(REFUSED))('%s', (_name, [partial, error]) => {
    expect(() => selectScript(sources(partial))).toThrow(error)
  })
})
