import { expect, test } from 'vitest'
import { sha256Hex } from '../template/program.ts'
import { planWrites, signText, type WantedFile } from './plan.ts'

const PATH = 'a/template.yml'
const PROGRAM = 'a/oz-agent.mjs'
const template = (program: string, line = '') =>
  signText(PATH, `OZ_PROGRAM_SHA256: ${sha256Hex(program)}\n${line}`)
const wanted: readonly WantedFile[] = [
  { kind: 'text', path: PATH, content: template('new') },
  { kind: 'program', path: PROGRAM, content: Buffer.from('new') },
]
const present = (files: Record<string, string>) =>
  new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]))

test.for<[string, Record<string, string>, string[]]>([
  ['nothing is there yet', {}, ['created', 'created']],
  ['all is as it should be', { [PATH]: template('new'), [PROGRAM]: 'new' }, ['unchanged', 'unchanged']],
  ['an earlier version is there', { [PATH]: template('old'), [PROGRAM]: 'old' }, ['updated', 'updated']],
  [
    'git changed nothing but the line ends',
    { [PATH]: template('new').replaceAll('\n', '\r\n') },
    ['unchanged', 'created'],
  ],
  [
    'git changed the line ends of an earlier version',
    { [PATH]: template('old').replaceAll('\n', '\r\n') },
    ['updated', 'created'],
  ],
])('%s', ([, files, changes]) => {
  const plan = planWrites(wanted, present(files), false)
  expect(plan.refusals).toEqual([])
  expect(plan.writes.map(({ change }) => change)).toEqual(changes)
})

test.for<[string, Record<string, string>, string]>([
  ['a file of the user’s', { [PATH]: 'job: {}\n' }, 'was not written by this generator'],
  [
    'a template that was changed by hand',
    { [PATH]: template('old').replace('OZ', '# mine\nOZ') },
    'was changed by hand',
  ],
  [
    'a program that no template names',
    { [PATH]: template('old'), [PROGRAM]: 'other' },
    'is not the program that the template beside it names',
  ],
])('%s is refused, with what would change, unless it is forced', ([, files, words]) => {
  const refused = planWrites(wanted, present(files), false)
  expect(refused.refusals.join()).toContain(words)
  expect(refused.refusals.join()).toMatch(/\n-|sha256/)
  expect(planWrites(wanted, present(files), true).refusals).toEqual([])
})

test('an update shows its lines', () => {
  const plan = planWrites(wanted, present({ [PATH]: template('new', 'stage: old\n') }), false)
  expect(plan.writes[0]?.detail).toContain('-stage: old')
})

test('an update shows no line that differs in its end alone', () => {
  const old = template('new', 'stage: old\nimage: same\n').replaceAll('\n', '\r\n')
  const next = [{ kind: 'text', path: PATH, content: template('new', 'stage: new\nimage: same\n') }] as const
  const detail = planWrites(next, present({ [PATH]: old }), false).writes[0]?.detail
  expect(detail).toContain('-stage: old\n+stage: new\n image: same')
})
