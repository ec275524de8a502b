import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setOutput } from '@actions/core'
import { temporaryFolder } from '@oz-agent/core/testing'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'

afterEach(() => vi.unstubAllEnvs())

/** What stands in the runner's file after an output was set. */
async function blockOf(value: string): Promise<string> {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'output')
  await writeFile(file, '')
  vi.stubEnv('GITHUB_OUTPUT', file)
  setOutput('name', value)
  return readFile(file, 'utf8')
}

describe('a value for a command file', () => {
  test('stands between delimiters', async () => {
    expect(await blockOf('two\nlines')).toMatch(/^name<<(\S+)\ntwo\nlines\n\1\n$/)
  })

  test('has a delimiter that nobody can foretell', async () => {
    expect((await blockOf('a')).split('\n')[0]).not.toBe((await blockOf('a')).split('\n')[0])
  })

  test('of any content cannot end its block early', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (value) => {
        const [head = '', ...lines] = (await blockOf(value)).split('\n')
        const delimiter = head.slice('name<<'.length)
        expect(lines.indexOf(delimiter)).toBe(lines.length - 2)
        expect(lines.slice(0, -2).join('\n')).toBe(value)
      }),
    )
  })
})
