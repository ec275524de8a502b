import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/index.ts'
import { createNodeFiles } from './files.ts'

const files = createNodeFiles()
const unix = process.platform !== 'win32'
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)

test('tells files, folders, and nothing apart', async () => {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'file')
  await writeFile(file, 'four')
  await chmod(file, 0o640)
  expect(await files.info(file)).toMatchObject({ kind: 'file', size: 4 })
  expect(await files.info(folder.path)).toMatchObject({ kind: 'folder' })
  expect(await files.info(join(folder.path, 'nothing'))).toBeUndefined()
  expect(await files.info(join(file, 'below a file'))).toBeUndefined()
  if (unix) expect(await files.info(file)).toMatchObject({ mode: 0o640 })
})

test('replaces a file in one go and leaves nothing beside it', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'result.json')
  await Promise.all(['a', 'b', 'c'].map((text) => files.write(path, text.repeat(100_000))))
  expect(await readFile(path, 'utf8')).toMatch(/^(a{100000}|b{100000}|c{100000})$/)
  expect(await readdir(folder.path)).toEqual(['result.json'])
})

test('removes the half-written file when the target cannot be replaced', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'target')
  await mkdir(join(path, 'full'), { recursive: true })
  await expect(files.write(path, 'text')).rejects.toThrow()
  expect(await readdir(folder.path)).toEqual(['target'])
})

test.runIf(unix)(
  'writes with the mode that was asked for, whatever stood there and whatever the umask',
  async () => {
    await using folder = await temporaryFolder()
    const path = join(folder.path, 'secret')
    await writeFile(path, 'old', { mode: 0o644 })
    await files.write(path, 'new', { mode: 0o600 })
    expect(await modeOf(path)).toBe('600')
    await files.write(path, 'new', { mode: 0o666 })
    expect(await modeOf(path)).toBe('666')
  },
)

test.runIf(unix)('replaces a link instead of writing through it', async () => {
  await using folder = await temporaryFolder()
  const precious = join(folder.path, 'precious')
  const path = join(folder.path, 'result.json')
  await writeFile(precious, 'precious')
  await symlink(precious, path)
  await files.write(path, 'new')
  expect([await readFile(precious, 'utf8'), await readFile(path, 'utf8')]).toEqual(['precious', 'new'])
})

test('appends at once, text and bytes', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'transcript')
  const file = files.append(path, { mode: 0o600 })
  file.write('ä\n')
  file.write(new Uint8Array([98, 10]))
  expect(await readFile(path, 'utf8')).toBe('ä\nb\n')
  file.close()
  file.close()
  expect(() => file.write('late')).toThrow(path)
  if (unix) expect(await modeOf(path)).toBe('600')
})

test('of many who claim a file one gets it', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'claim')
  const claims = await Promise.all(Array.from({ length: 20 }, () => files.claim(path)))
  expect(claims.filter(Boolean)).toHaveLength(1)
  await expect(files.claim(join(folder.path, 'no folder', 'claim'))).rejects.toThrow('ENOENT')
})

test.runIf(unix)('makes folders for this user alone', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'a', 'b')
  await files.makeFolder(path, { mode: 0o700 })
  await files.makeFolder(path)
  expect(await modeOf(path)).toBe('700')
  const made = await files.makeTempFolder(join(folder.path, 'oz-'))
  expect(await modeOf(made)).toBe('700')
})

test.runIf(process.platform === 'linux')(
  'gives up where no folder can be made, as Node alone does not',
  async () => {
    await using folder = await temporaryFolder()
    await expect(files.makeFolder('/proc/foo')).rejects.toThrow('ENOENT')
    await expect(files.makeFolder('/proc/foo/bar')).rejects.toThrow('ENOENT')
    await symlink('nowhere', join(folder.path, 'broken'))
    await expect(files.makeFolder(join(folder.path, 'broken'))).rejects.toThrow('EEXIST')
    await expect(files.makeFolder(join(folder.path, 'broken', 'a'))).rejects.toThrow('EEXIST')
    await writeFile(join(folder.path, 'file'), '')
    await expect(files.makeFolder(join(folder.path, 'file', 'a'))).rejects.toThrow('ENOTDIR')
    await expect(files.makeFolder(join(folder.path, 'file'))).rejects.toThrow('EEXIST')
    await files.makeFolder('/')
  },
)

test('removes a whole folder, and nothing where nothing is', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'a')
  await mkdir(join(path, 'b'), { recursive: true })
  await files.remove(path)
  await files.remove(path)
  expect(await files.info(path)).toBeUndefined()
})

test.runIf(unix)('knows what may be executed', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'oz')
  await writeFile(path, '', { mode: 0o644 })
  expect(await files.isExecutable(path)).toBe(false)
  await chmod(path, 0o755)
  expect(await files.isExecutable(path)).toBe(true)
  expect(await files.isExecutable(join(folder.path, 'nothing'))).toBe(false)
})

test('knows how much space is left', async () => {
  await using folder = await temporaryFolder()
  expect(await files.freeSpace(folder.path)).toBeGreaterThan(0)
})
