import { describe, expect, test } from 'vitest'
import { compareVersions, versionIn } from './verify.ts'

describe('versionIn', () => {
  test.each([
    {
      name: 'the tag alone',
      text: 'v0.2026.08.19.08.14.stable_01\n',
      version: 'v0.2026.08.19.08.14.stable_01',
    },
    {
      name: 'a name before it',
      text: 'oz v0.2026.08.19.08.14.stable_01',
      version: 'v0.2026.08.19.08.14.stable_01',
    },
    {
      name: 'without its v',
      text: 'oz 0.2026.08.19.08.14.preview_02',
      version: 'v0.2026.08.19.08.14.preview_02',
    },
    {
      name: 'a part of an address',
      text: '/stable/v0.2026.08.19.08.14.stable_01/cli/linux/x86_64/warp-stable-linux-x86_64.tar.gz',
      version: 'v0.2026.08.19.08.14.stable_01',
    },
    { name: 'another program of the same name', text: 'Mozart/Oz compiler 2.0\n', version: undefined },
    { name: 'nothing', text: '', version: undefined },
  ])('$name', ({ text, version }) => {
    expect(versionIn(text)).toBe(version)
  })
})

describe('compareVersions', () => {
  test.each([
    { name: 'later day', older: 'v0.2026.08.19.08.14.stable_01', newer: 'v0.2026.08.20.08.14.stable_01' },
    {
      name: 'later build of one day',
      older: 'v0.2026.08.19.08.14.stable_09',
      newer: 'v0.2026.08.19.08.14.stable_10',
    },
    { name: 'numbers by value', older: 'v0.2026.8.9.1.1.stable_01', newer: 'v0.2026.8.10.1.1.stable_01' },
    { name: 'longer of two', older: 'v0.2026.08', newer: 'v0.2026.08.01' },
  ])('$name', ({ older, newer }) => {
    expect(compareVersions(older, newer)).toBeLessThan(0)
    expect(compareVersions(newer, older)).toBeGreaterThan(0)
    expect(compareVersions(newer, newer)).toBe(0)
  })
})
