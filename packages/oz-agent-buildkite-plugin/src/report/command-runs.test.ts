import { describe, expect, it } from 'vitest'
import { type CommandRuns, commandMetaData, describeCommand, isCommandRed } from './command-runs.ts'

const FAILED = { exitStatus: 7, duration: 12_345 }
const PASSED = { exitStatus: 0, duration: 600 }

describe("what the step's own command did", () => {
  const rows: readonly [name: string, runs: CommandRuns, red: boolean, text: string, data: object][] = [
    ['no command', [], false, '', {}],
    [
      'a command that failed',
      [FAILED],
      true,
      'The command of this step failed with exit status 7 after 12s.',
      { 'command-exit-status': '7', 'command-duration-seconds': '12' },
    ],
    [
      'one that passed when it was run again',
      [FAILED, PASSED],
      false,
      'The command of this step failed with exit status 7 after 12s. Run again after the repair, it passed after 1s.',
      {
        'command-exit-status': '7',
        'command-duration-seconds': '12',
        'command-rerun-exit-status': '0',
        'command-rerun-duration-seconds': '1',
      },
    ],
    [
      'one that failed again',
      [FAILED, { exitStatus: 1, duration: 0 }],
      true,
      'The command of this step failed with exit status 7 after 12s. Run again after the repair, it failed with exit status 1 after 0s.',
      {
        'command-exit-status': '7',
        'command-duration-seconds': '12',
        'command-rerun-exit-status': '1',
        'command-rerun-duration-seconds': '0',
      },
    ],
  ]
  it.each(rows)('is told of %s', (_, runs, red, text, data) => {
    expect([isCommandRed(runs), describeCommand(runs)]).toEqual([red, text])
    expect(Object.fromEntries(commandMetaData(runs))).toEqual(data)
  })
})
