import { expect, test } from 'vitest'
import { planRelease, type ReleasePlan } from './release.ts'

test.for<[string, string, string, string[], ReleasePlan]>([
  ['the first release makes the major tag', 'v1.0.0', '1.0.0', ['v1.0.0'], { kind: 'move', majorTag: 'v1' }],
  ['a newer patch moves it', 'v1.0.10', '1.0.10', ['v1', 'v1.0.9'], { kind: 'move', majorTag: 'v1' }],
  [
    'a fix of an older line leaves it',
    'v1.0.1',
    '1.0.1',
    ['v1.0.0', 'v1.1.0', 'v1.0.1'],
    { kind: 'stay', majorTag: 'v1', newest: 'v1.1.0' },
  ],
  ['another major does not count', 'v1.0.1', '1.0.1', ['v2.0.0'], { kind: 'move', majorTag: 'v1' }],
  [
    'a tag that is not what the checkout declares',
    'v1.2.0',
    '1.1.0',
    [],
    { kind: 'refuse', problem: 'the tag is v1.2.0, but package.json declares 1.1.0' },
  ],
  [
    'a pre-release',
    'v1.2.0-rc.1',
    '1.2.0-rc.1',
    [],
    { kind: 'refuse', problem: '"v1.2.0-rc.1" is no release tag: expected v1.2.3' },
  ],
])('%s', ([, tag, declared, tags, plan]) => {
  expect(planRelease(tag, declared, tags)).toEqual(plan)
})
