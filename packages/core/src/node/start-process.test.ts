import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { StartError } from '../errors.ts'
import type { Command } from '../ports.ts'
import { temporaryFolder } from '../testing/index.ts'
import { startProcess } from './start-process.ts'

const env = { PATH: process.env.PATH }
const unix = process.platform !== 'win32'

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

const node = (script: string, more: Partial<Command> = {}): Command => ({
  file: process.execPath,
  args: ['-e', script],
  env,
  ...more,
})

test('gives the process exactly this environment', async () => {
  process.env.OZ_TEST_LEAK = 'leaked'
  try {
    const script = 'console.log(JSON.stringify(process.env))'
    const child = await startProcess(node(script, { env: { ...env, A: 'ä=1\n', B: undefined } }))
    const seen = JSON.parse(await textOf(child.stdout))
    expect(seen).toMatchObject({ A: 'ä=1\n' })
    expect(seen).not.toHaveProperty('OZ_TEST_LEAK')
    expect(seen).not.toHaveProperty('B')
  } finally {
    delete process.env.OZ_TEST_LEAK
  }
})

test('passes arguments as they are, without a shell', async () => {
  const given = ['$(id)', '`id`', "'", '"', '*', 'a b', '', '-x', 'ü😀', 'two\nlines']
  const script = 'console.log(JSON.stringify(process.argv.slice(1)))'
  const child = await startProcess({ file: process.execPath, args: ['-e', script, '--', ...given], env })
  expect(JSON.parse(await textOf(child.stdout))).toEqual(given)
})

test('has no standard input to wait for', async () => {
  const child = await startProcess(node('process.stdin.on("end", () => console.log("end")).resume()'))
  expect(await textOf(child.stdout)).toBe('end\n')
})

test.runIf(unix)('leads a group of its own', async () => {
  const child = await startProcess({ file: '/bin/sh', args: ['-c', 'ps -o pgid= -p $$'], env })
  expect(Number(await textOf(child.stdout))).toBe(child.pid)
})

test('works in the given folder', async () => {
  await using folder = await temporaryFolder()
  await writeFile(join(folder.path, 'here'), '')
  const script = 'console.log(require("node:fs").readdirSync(".").join())'
  const child = await startProcess(node(script, { cwd: folder.path }))
  expect(await textOf(child.stdout)).toBe('here\n')
})

test('keeps both pipes apart, byte for byte', async () => {
  const script =
    'process.stdout.write(Buffer.from([0,255,10])); process.stderr.write("err"); process.exitCode = 7'
  const child = await startProcess(node(script))
  const out: number[] = []
  for await (const chunk of child.stdout) out.push(...chunk)
  expect(out).toEqual([0, 255, 10])
  expect(await textOf(child.stderr)).toBe('err')
  expect(await child.exited).toEqual({ kind: 'code', code: 7 })
})

test('keeps what was written for a reader that comes after the end', async () => {
  const child = await startProcess(node('console.log("x".repeat(50_000))'))
  await child.exited
  await new Promise(setImmediate)
  expect(await textOf(child.stdout)).toHaveLength(50_001)
})

test('holds a writer back while nobody reads', async () => {
  // Node writes to a pipe without looking away; so told, it notices when the pipe is full.
  const script = `
    let written = 0
    process.stdout._handle.setBlocking(false)
    while (process.stdout.write('x'.repeat(65536))) written += 65536
    console.error(written)
    setInterval(() => {}, 1000)`
  const child = await startProcess(node(script))
  for await (const chunk of child.stderr) {
    expect(Number(Buffer.from(chunk).toString())).toBeLessThan(1_000_000)
    break
  }
  process.kill(-child.pid, 'SIGKILL')
  child.release()
  expect(await child.exited).toEqual({ kind: 'signal', signal: 'SIGKILL' })
})

test('release ends the reading though the pipe is still held', async () => {
  const child = await startProcess(node('setInterval(() => {}, 1000)'))
  const reading = textOf(child.stdout)
  child.release()
  expect(await reading).toBe('')
  process.kill(child.pid, 'SIGKILL')
})

interface Refusal {
  readonly name: string
  readonly command: (folder: string) => Promise<Command> | Command
  readonly code: string
  readonly subject: StartError['subject']
  readonly says: RegExp
}

const refusals: Refusal[] = [
  {
    name: 'a file that is not there',
    command: (folder) => ({ file: join(folder, 'oz'), args: [], env }),
    code: 'ENOENT',
    subject: 'file',
    says: /oz cannot be started: there is no such file/,
  },
  {
    name: 'a file whose interpreter is not there',
    async command(folder) {
      const file = join(folder, 'oz')
      await writeFile(file, '#!/no/such/interpreter\n', { mode: 0o755 })
      return { file, args: [], env }
    },
    code: 'ENOENT',
    subject: 'file',
    says: /interpreter or loader/,
  },
  {
    name: 'a folder to work in that is not there',
    command: (folder) => node('0', { cwd: join(folder, 'nowhere') }),
    code: 'ENOENT',
    subject: 'folder',
    says: /nowhere is not a folder/,
  },
  {
    name: 'a file as the folder to work in',
    async command(folder) {
      await writeFile(join(folder, 'file'), '')
      return node('0', { cwd: join(folder, 'file') })
    },
    code: 'ENOTDIR',
    subject: 'folder',
    says: /file is not a folder/,
  },
  {
    name: 'a file without the right to execute it',
    async command(folder) {
      const file = join(folder, 'oz')
      await writeFile(file, '#!/bin/sh\n')
      await chmod(file, 0o644)
      return { file, args: [], env }
    },
    code: 'EACCES',
    subject: 'file',
    says: /may not be executed/,
  },
  {
    name: 'a folder as the file',
    command: (folder) => ({ file: folder, args: [], env }),
    code: 'EACCES',
    subject: 'file',
    says: /it is a folder/,
  },
]

test.runIf(unix).each(refusals)('says what is wrong with $name', async ({ command, code, subject, says }) => {
  await using folder = await temporaryFolder()
  const error = await startProcess(await command(folder.path)).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(StartError)
  expect(error).toMatchObject({ code, subject, message: expect.stringMatching(says) })
})

test.runIf(process.platform === 'linux')('says that an argument is too large', async () => {
  const error = await startProcess(node('x'.repeat(131_072))).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'E2BIG', subject: 'arguments' })
})

test('names an argument with a NUL character without showing it', async () => {
  const error = await startProcess(node('secret\0')).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(StartError)
  expect(error).toMatchObject({ subject: 'arguments', message: expect.not.stringContaining('secret') })
})
