import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findCli } from '../src/install/resolve.ts'
import { cliScript, VERSION } from './support/cli-archive.ts'
import { createCliBench, LATEST } from './support/cli-bench.ts'
import { failureOf, putCli, SUM, startMirror } from './support/mirror.ts'

describe('the given path', () => {
  test('is taken, relative to the folder of the step, and nothing else is looked at', async () => {
    await using bench = await createCliBench()
    const path = await putCli(join(bench.folder, 'own', 'my-oz'))
    const cli = await findCli({ ...LATEST, path: 'own/my-oz' }, bench.context)
    expect(cli).toEqual({ path, version: VERSION, sha256: undefined, source: 'oz_path' })
    expect(bench.said).toEqual([`info: oz_path: taken, ${path} is version ${VERSION}`])
  })

  test('is relative to the checkout, wherever this process was started', async () => {
    await using bench = await createCliBench()
    const checkout = join(bench.folder, 'checkout')
    const path = await putCli(join(checkout, 'my-oz'))
    const cli = await findCli({ ...LATEST, path: './my-oz' }, { ...bench.context, checkout })
    expect(cli.path).toBe(path)
  })

  test.each([
    {
      name: 'nothing there',
      path: 'none/oz',
      message: /^oz_path "none\/oz" \(.*\/none\/oz\) does not exist\.$/,
    },
    { name: 'a folder', path: '.', message: /is no file but a folder\.$/ },
    {
      name: 'not executable',
      path: 'plain',
      message: /^oz_path "plain" does not run: it is not executable\.$/,
    },
    { name: 'a program without a version', path: 'other', message: /it is some other program\.$/ },
    {
      name: 'another version than the pinned one',
      path: 'bin/oz',
      version: 'v0.2026.01.01.01.01.stable_00',
      message: /is version v0\.2026\.08.*, but oz_version asks for v0\.2026\.01/,
    },
  ])('is an error: $name', async ({ path, version = 'latest', message }) => {
    await using bench = await createCliBench()
    await putCli(join(bench.folder, 'bin', 'oz'))
    await putCli(join(bench.folder, 'other'), '#!/bin/sh\necho Mozart\n')
    await writeFile(join(bench.folder, 'plain'), 'x')
    const error = await failureOf(findCli({ ...LATEST, path, version }, bench.context))
    expect(error.code).toBe('unavailable')
    expect(error.message).toMatch(message)
    expect(error.remedy).toBeTruthy()
  })
})

describe('a CLI on PATH', () => {
  test('is taken for latest, whichever version it is', async () => {
    await using bench = await createCliBench()
    const path = await putCli(join(bench.folder, 'bin', 'oz'))
    expect(await findCli(LATEST, bench.context)).toEqual({
      path,
      version: VERSION,
      sha256: undefined,
      source: 'path',
    })
    expect(bench.said.at(-1)).toBe(`info: path: taken, ${path} is version ${VERSION}`)
  })

  test('has the name of its channel', async () => {
    await using bench = await createCliBench()
    await putCli(join(bench.folder, 'bin', 'oz'))
    const path = await putCli(join(bench.folder, 'bin', 'oz-preview'))
    expect((await findCli({ ...LATEST, channel: 'preview' }, bench.context)).path).toBe(path)
  })

  test.each([
    {
      name: 'another version than the pinned one',
      script: cliScript('v0.2026.01.01.01.01.stable_00'),
      why: /is version v0\.2026\.01.*, not v0\.2026\.08/,
    },
    {
      name: 'one that does not run',
      script: '#!/no/such/shell\n',
      why: /does not run: it is a script for \/no\/such\/shell/,
    },
  ])('is passed over: $name', async ({ script, why }) => {
    await using mirror = await startMirror()
    await using bench = await createCliBench()
    await putCli(join(bench.folder, 'bin', 'oz'), script)
    const cli = await findCli({ ...LATEST, version: VERSION, downloadUrl: mirror.url }, bench.context)
    expect(cli.source).toBe('download')
    expect(bench.said.find((line) => line.startsWith('info: path:'))).toMatch(why)
  })

  test('is passed over when a checksum is asked for, which cannot be checked there', async () => {
    await using mirror = await startMirror()
    await using bench = await createCliBench()
    await putCli(join(bench.folder, 'bin', 'oz'))
    const cli = await findCli({ ...LATEST, sha256: SUM, downloadUrl: mirror.url }, bench.context)
    expect(cli).toMatchObject({ source: 'download', sha256: SUM })
  })
})

test('nothing outside the tool folder is touched', async () => {
  await using mirror = await startMirror()
  await using bench = await createCliBench()
  await findCli({ ...LATEST, downloadUrl: mirror.url }, bench.context)
  expect(await readdir(bench.folder)).toEqual(['tools'])
})
