import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { root } from '../project.ts'

const { stdout } = await execa('git', ['ls-files', '-z'], { cwd: root })
const files = stdout.split('\0').filter((path) => path !== '' && !/(^|\/)dist\/|pnpm-lock\.yaml$/.test(path))

// Written in parts, or this file would be found too.
const registries = [
  'registry.npm' + 'js',
  'npm' + 'js.com',
  'py' + 'pi.org',
  'proxy.go' + 'lang',
  'crates' + '.io',
]
const homes = ['/ro' + 'ot/', '/tmp/' + 'n24', '/wo' + 'rk/main', '/wo' + 'rk/shared']

test('no file leads to one registry: who uses a mirror configures their client', () => {
  expect(filesWith(registries)).toEqual([])
})

test('no file names a path of the machine that it was written on', () => {
  expect(filesWith(homes)).toEqual([])
})

test('the files that CONTRIBUTING.md names are there', () => {
  const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
  const named = [...text.matchAll(/`([\w@.-]+\/[\w@./-]+\.(?:ts|mjs|yml|json))`/g)].map(
    (match) => match[1] ?? '',
  )
  // Paths begin at the checkout, at the packages, or in core.
  const places = ['', 'packages', 'packages/core/src']
  const absent = named.filter((path) => !places.some((place) => existsSync(join(root, place, path))))
  expect(named.length).toBeGreaterThan(30)
  expect(absent).toEqual([])
})

function filesWith(words: readonly string[]): readonly string[] {
  return files.filter((path) => {
    const file = join(root, path)
    // A file may be deleted and not yet committed.
    const isFile = statSync(file, { throwIfNoEntry: false })?.isFile() ?? false
    if (!isFile) return false
    const text = readFileSync(file, 'utf8')
    return words.some((word) => text.includes(word))
  })
}
