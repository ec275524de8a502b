import { createOz } from '@oz-agent/oz-sim'
import { describeRunner } from '@oz-agent/test-runners'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ActProject } from './act-project.ts'

/** The lines of a job's own steps, without act's frame. */
const output = (log: string) =>
  log
    .split('\n')
    .filter((line) => line.includes('|'))
    .join('\n')

describeRunner('act', 'the examples under act', (act) => {
  let project: ActProject
  beforeEach(() => {
    project = new ActProject()
  })
  afterEach(() => project.remove())

  const withOz = (script: Parameters<typeof createOz>[0]['script']) =>
    createOz({ dir: project.bin, nodePath: process.execPath, ...(script === undefined ? {} : { script }) })

  test('minimal.yml runs the agent', async () => {
    await withOz('success')
    project.addExample('minimal.yml')
    const end = await project.run(act, 'workflow_dispatch')
    expect(end.exitCode, end.log).toBe(0)
    expect(output(end.log)).toMatch(/Oz agent: succeeded/)
  })

  test('prompt-file.yml hands over a prompt of 200 kB', async () => {
    await withOz('success')
    project.write('.github/prompts/weekly-report.md', `- Report.\n${'word '.repeat(40_000)}`)
    project.addExample('prompt-file.yml')
    const end = await project.run(act, 'workflow_dispatch')
    expect(end.exitCode, end.log).toBe(0)
  })

  test('share-with-team.yml hands the session link to a later step', async () => {
    await withOz('success')
    project.addExample('share-with-team.yml')
    const end = await project.run(act, 'workflow_dispatch', ['--input', 'task=Look around'])
    expect(end.exitCode, end.log).toBe(0)
    expect(output(end.log)).toMatch(/The agent ended as succeeded; its session is https:\/\//)
  })

  test('matrix-models.yml runs once for each model', async () => {
    await withOz('success')
    project.addExample('matrix-models.yml')
    const end = await project.run(act, 'workflow_dispatch')
    expect(end.exitCode, end.log).toBe(0)
    expect(end.log.match(/Job succeeded/g)).toHaveLength(3)
  })

  test('read-result.yml reads result.json, and decides by the exit code', async () => {
    await withOz('edits-files')
    project.addExample('read-result.yml')
    const end = await project.run(act, 'workflow_dispatch')
    expect(end.exitCode, end.log).toBe(0)
    expect(output(end.log)).toMatch(/outcome: succeeded/)
  })

  test('read-result.yml reads the result of an agent that failed, too', async () => {
    await withOz('agent-error')
    project.addExample('read-result.yml')
    const end = await project.run(act, 'workflow_dispatch')
    expect(end.exitCode, end.log).toBe(1)
    expect(output(end.log)).toMatch(/outcome: agent-failed/)
  })

  test('test-your-workflow.yml needs nothing but the two actions', async () => {
    project.addExample('test-your-workflow.yml')
    const end = await project.run(act, 'pull_request')
    expect(end.exitCode, end.log).toBe(0)
    expect(end.log.match(/Job succeeded/g)).toHaveLength(2)
  })
})

describeRunner('act', 'an agent under act cannot', (act) => {
  let project: ActProject
  beforeEach(() => {
    project = new ActProject()
  })
  afterEach(() => project.remove())

  test('forge commands, outputs or environment', async () => {
    await createOz({ dir: project.bin, nodePath: process.execPath, script: 'forge-github' })
    project.addWorkflow(`on: workflow_dispatch
jobs:
  agent:
    runs-on: ubuntu-latest
    steps:
      - id: agent
        uses: org/oz-agent-action@v1
        with:
          prompt: Look around.
          warp_api_key: \${{ secrets.WARP_API_KEY }}
      - env:
          OUTCOME: \${{ steps.agent.outputs.outcome }}
          AGENT_OUTPUT: \${{ steps.agent.outputs.agent_output }}
        run: |
          echo "outcome is $OUTCOME, FORGED is \${FORGED-unset}, masked letter: e"
          case $PATH in */tmp/forged*) exit 9 ;; esac
          case $AGENT_OUTPUT in *outcome=forged*) echo 'kept as text' ;; esac
`)
    const end = await project.run(act, 'workflow_dispatch')
    expect(end.exitCode, end.log).toBe(0)
    expect(output(end.log)).toContain('outcome is succeeded, FORGED is unset, masked letter: e')
    expect(output(end.log)).toContain('kept as text')
    // act prints commands that it obeys with a sign of their own.
    expect(end.log).not.toMatch(/(❗|⚠|🚧).*forged/)
    expect(end.log).not.toMatch(/set-output:: outcome=forged/)
  })

  test('take the secret along', async () => {
    await createOz({ dir: project.bin, nodePath: process.execPath, script: 'leak-key' })
    project.addExample('minimal.yml')
    const end = await project.run(act, 'workflow_dispatch')
    expect(end.exitCode, end.log).toBe(0)
    expect(end.log).not.toContain('wk-0123456789abcdef')
    expect(end.log).not.toContain(Buffer.from('wk-0123456789abcdef').toString('base64').slice(0, 24))
  })
})
