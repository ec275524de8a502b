import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { INPUTS } from './inputs.ts'
import { type ShareRecipient, shareFlag } from './share.ts'
import type { RawValue } from './values.ts'

/** What the input says of a value: the CLI's flags, or the complaints. */
function share(raw: RawValue): string[] {
  const checked = INPUTS.share.schema.safeParse(raw)
  if (!checked.success) return checked.error.issues.map(({ message }) => `✗ ${message}`)
  return (checked.data ?? []).map(shareFlag)
}

const VALID: Record<string, [RawValue, string[]]> = {
  'nothing given': ['', []],
  'white space alone': [' \n ', []],
  'an empty list': [[], []],
  'only yourself': ['me', ['--share']],
  'the team at the default level': ['team', ['--share=team']],
  'the team may view': ['team:view', ['--share=team:view']],
  'the team may edit': ['team:edit', ['--share=team:edit']],
  'everyone at the default level': ['public', ['--share=public']],
  'everyone may view': ['public:view', ['--share=public:view']],
  'everyone may edit': ['public:edit', ['--share=public:edit']],
  'one person at the default level': ['dev@example.com', ['--share=dev@example.com']],
  'one person may view': ['dev@example.com:view', ['--share=dev@example.com:view']],
  'one person may edit': ['dev@example.com:edit', ['--share=dev@example.com:edit']],
  'an address with a plus': ['dev+ci@example.com', ['--share=dev+ci@example.com']],
  'an address without a dot in its domain': ['dev@intranet', ['--share=dev@intranet']],
  'an address that begins with a dash': ['-dev@example.com', ['--share=-dev@example.com']],
  'an address with an apostrophe': ["o'dev@example.com:edit", ["--share=o'dev@example.com:edit"]],
  'an address beyond ASCII': ['dév@example.com', ['--share=dév@example.com']],
  'an address in upper case keeps its spelling': ['Dev@Example.com', ['--share=Dev@Example.com']],
  'a person whose name is a recipient': ['team@example.com', ['--share=team@example.com']],
  'several, one a line': ['team:edit\ndev@example.com', ['--share=team:edit', '--share=dev@example.com']],
  'several, parted by commas': [
    'team:view, dev@example.com',
    ['--share=team:view', '--share=dev@example.com'],
  ],
  'lines of Windows': ['team\r\npublic', ['--share=team', '--share=public']],
  'blank lines and lone commas': ['\n\nteam\n,\n\nme\n', ['--share=team', '--share']],
  'space around an entry': ['   team:edit   ', ['--share=team:edit']],
  'yourself and others': ['me\nteam:view\npublic', ['--share', '--share=team:view', '--share=public']],
  'two people at two levels': [
    'a@example.com:view\nb@example.com:edit',
    ['--share=a@example.com:view', '--share=b@example.com:edit'],
  ],
  'the same entry twice counts once': ['team:edit\nteam:edit', ['--share=team:edit']],
  'yourself twice counts once': ['me\nme', ['--share']],
  'the default level and view are the same': ['team\nteam:view', ['--share=team']],
  'an address twice in different case counts once': [
    'dev@example.com:edit\nDEV@example.com:edit',
    ['--share=dev@example.com:edit'],
  ],
  'a list as YAML has it': [
    ['team:edit', ' me '],
    ['--share=team:edit', '--share'],
  ],
  'empty entries of a YAML list': [['', null, 'me'], ['--share']],
}

const KINDS = 'expected me, team, public or an email address, the last three with :view or :edit if you like'

const INVALID: Record<string, [RawValue, string[]]> = {
  'no at-sign': ['dev.example.com', [`✗ "dev.example.com" is no recipient: ${KINDS}.`]],
  'a near miss': ['taem', [`✗ "taem" is no recipient: ${KINDS}. Did you mean "team"?`]],
  'a near miss with a level': [
    'pubic:edit',
    [`✗ "pubic:edit" is no recipient: ${KINDS}. Did you mean "public"?`],
  ],
  'team in upper case': ['TEAM', [`✗ "TEAM" is no recipient: ${KINDS}. Did you mean "team"?`]],
  'me with a capital': ['Me', [`✗ "Me" is no recipient: ${KINDS}. Did you mean "me"?`]],
  'a flag in place of a value': ['--share', [`✗ "--share" is no recipient: ${KINDS}.`]],
  'a truth value': [true, [`✗ "true" is no recipient: ${KINDS}.`]],
  'an unknown level': [
    'team:write',
    ['✗ "team:write" has the unknown level "write": expected view or edit.'],
  ],
  'a near miss of a level': [
    'team:edti',
    ['✗ "team:edti" has the unknown level "edti": expected view or edit. Did you mean "edit"?'],
  ],
  'a level in upper case': [
    'team:EDIT',
    ['✗ "team:EDIT" has the unknown level "EDIT": expected view or edit. Did you mean "edit"?'],
  ],
  'an unknown level of a person': [
    'dev@example.com:owner',
    ['✗ "dev@example.com:owner" has the unknown level "owner": expected view or edit.'],
  ],
  'an empty level': ['team:', ['✗ "team:" has an empty level: expected view or edit.']],
  'an empty level of a person': [
    'dev@example.com:',
    ['✗ "dev@example.com:" has an empty level: expected view or edit.'],
  ],
  'a level alone': [':edit', [`✗ ":edit" is no recipient: ${KINDS}.`]],
  'a colon alone': [':', [`✗ ":" is no recipient: ${KINDS}.`]],
  'two levels': ['team:view:edit', [`✗ "team:view:edit" has more than one level: ${KINDS}`]],
  'yourself with a level': ['me:view', ['✗ "me:view" has a level, but me is only yourself: write me']],
  'yourself with a level to edit': [
    'me:edit',
    ['✗ "me:edit" has a level, but me is only yourself: write me'],
  ],
  'nothing before the at-sign': [
    '@example.com',
    ['✗ "@example.com" is no email address: expected name@example.com'],
  ],
  'nothing after the at-sign': ['dev@', ['✗ "dev@" is no email address: expected name@example.com']],
  'an at-sign alone': ['@', ['✗ "@" is no email address: expected name@example.com']],
  'two at-signs': ['a@b@example.com', ['✗ "a@b@example.com" is no email address: expected name@example.com']],
  'a space beside the colon': [
    'team : edit',
    ['✗ "team : edit" has a space beside its colon: write "team:edit"'],
  ],
  'a space after the colon': [
    'dev@example.com: view',
    ['✗ "dev@example.com: view" has a space beside its colon: write "dev@example.com:view"'],
  ],
  'two recipients in one line': [
    'a@example.com b@example.com',
    ['✗ "a@example.com b@example.com" holds a space: give one recipient a line'],
  ],
  'the team at two levels': [
    'team:view\nteam:edit',
    ['✗ "team:edit" shares with team a second time at another level (view and edit): keep one'],
  ],
  'the team at the default level and to edit': [
    'team\nteam:edit',
    ['✗ "team:edit" shares with team a second time at another level (view and edit): keep one'],
  ],
  'everyone at two levels': [
    'public:edit\npublic',
    ['✗ "public" shares with public a second time at another level (edit and view): keep one'],
  ],
  'a person at two levels, in different case': [
    'dev@example.com:view\nDev@Example.com:edit',
    [
      '✗ "Dev@Example.com:edit" shares with dev@example.com a second time at another level (view and edit): keep one',
    ],
  ],
  'several wrong entries are reported together': [
    'team\nfriends\nteam:write\n@',
    [
      `✗ "friends" is no recipient: ${KINDS}.`,
      '✗ "team:write" has the unknown level "write": expected view or edit.',
      '✗ "@" is no email address: expected name@example.com',
    ],
  ],
  'an object where YAML took the colon for its own': [
    [{ team: 'edit' }],
    [
      '✗ entry 1: expected text, got an object (in YAML a colon with a space after it makes one: put the entry in quotes)',
    ],
  ],
  'a list within the list': [['me', ['team']], ['✗ entry 2: expected text, got a list']],
  'a forged log line': [
    ['x\n::error::y'],
    ['✗ "x\\n::error::y" has a space beside its colon: write "x::error::y"'],
  ],
}

test.each(Object.entries(VALID))('valid: %s', (_, [raw, flags]) => {
  expect(share(raw)).toEqual(flags)
})

test.each(Object.entries(INVALID))('invalid: %s', (_, [raw, complaints]) => {
  expect(share(raw)).toEqual(complaints)
})

const level = fc.constantFrom(undefined, 'view' as const, 'edit' as const)
const recipient: fc.Arbitrary<ShareRecipient> = fc.oneof(
  fc.constant({ kind: 'me' as const }),
  fc.record({ kind: fc.constantFrom('team' as const, 'public' as const), level }),
  fc.record({
    kind: fc.constant('email' as const),
    address: fc.stringMatching(/^[a-z0-9+.-]{1,8}@[a-z0-9.-]{1,8}$/),
    level,
  }),
)

test('what a flag says is read back as the same recipient', () => {
  fc.assert(
    fc.property(recipient, (one) => {
      const entry = one.kind === 'me' ? 'me' : shareFlag(one).replace('--share=', '')
      expect(INPUTS.share.schema.parse([entry])).toEqual([one])
    }),
  )
})

test('no entry makes a flag that the CLI would take for another option', () => {
  fc.assert(
    fc.property(fc.string(), (entry) => {
      const { data } = INPUTS.share.schema.safeParse([entry])
      for (const one of data ?? []) expect(shareFlag(one)).toMatch(/^--share(=[^=]|$)/)
    }),
  )
})
