import { describe, expect, test } from 'vitest'
import type { LinkInfo } from '../ports.ts'
import { distrustOf, distrustOfRoot } from './trust.ts'

const ours: LinkInfo = { kind: 'folder', mode: 0o755, owner: 'us' }

describe('what is kept in the tool folder', () => {
  test.each<{ name: string; info: Partial<LinkInfo>; entry?: string; root?: string }>([
    { name: 'of our own', info: {} },
    { name: 'of root', info: { owner: 'root' } },
    {
      name: 'of another user',
      info: { owner: 'other' },
      entry: 'belongs to another user',
      root: 'belongs to another user',
    },
    { name: 'a link of ours', info: { kind: 'link', mode: 0o777 }, entry: 'is a link' },
    {
      name: 'a link of another user',
      info: { kind: 'link', mode: 0o777, owner: 'other' },
      entry: 'is a link',
      root: 'belongs to another user',
    },
    { name: 'open to a group', info: { mode: 0o775 }, entry: 'may be written to by other users' },
    {
      name: 'open to all',
      info: { mode: 0o777 },
      entry: 'may be written to by other users',
      root: 'may be written to by all users',
    },
    {
      name: 'like /tmp',
      info: { mode: 0o1777, owner: 'root' },
      entry: 'may be written to by other users',
    },
    { name: 'private', info: { mode: 0o700 } },
  ])('$name', ({ info, entry, root }) => {
    expect(distrustOf({ ...ours, ...info })).toBe(entry)
    expect(distrustOfRoot({ ...ours, ...info })).toBe(root)
  })
})
