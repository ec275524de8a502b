import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Entry, tarOf } from '../../test/support/tar-of.ts'
import { ArchiveError } from '../errors.ts'
import { unpack } from './archives.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unpack-'))
  await mkdir(join(folder, 'into'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function unpackBytes(bytes: Uint8Array): Promise<void> {
  await writeFile(join(folder, 'archive'), bytes)
  await unpack(join(folder, 'archive'), join(folder, 'into'))
}

describe('unpack', () => {
  test('keeps files, folders, links within and executable bits', async () => {
    await unpackBytes(
      gzipSync(
        tarOf([
          { path: 'oz', mode: 0o755, content: 'program' },
          { path: 'resources/', type: 'Directory', mode: 0o755 },
          { path: 'resources/skills/a', content: 'skill' },
          { path: 'resources/link', type: 'SymbolicLink', linkpath: '../oz' },
          { path: 'hard', type: 'Link', linkpath: 'oz' },
        ]),
      ),
    )
    const into = join(folder, 'into')
    expect((await readdir(into, { recursive: true })).sort()).toEqual([
      'hard',
      'oz',
      'resources',
      'resources/link',
      'resources/skills',
      'resources/skills/a',
    ])
    expect(await readFile(join(into, 'resources/link'), 'utf8')).toBe('program')
    expect((await stat(join(into, 'oz'))).mode & 0o111).toBe(0o111)
  })

  test('drops set-uid bits and write rights of others', async () => {
    await unpackBytes(gzipSync(tarOf([{ path: 'oz', mode: 0o6777 }])))
    expect((await stat(join(folder, 'into', 'oz'))).mode & 0o7777).toBe(0o755)
  })

  test.each<{ name: string; entry: Entry; message: RegExp }>([
    {
      name: 'a path that climbs out',
      entry: { path: '../evil', content: 'x' },
      message: /"\.\.\/evil", which lies outside/,
    },
    {
      name: 'a path that climbs out later',
      entry: { path: 'a/../../evil', content: 'x' },
      message: /lies outside/,
    },
    { name: 'an absolute path', entry: { path: '/tmp/evil', content: 'x' }, message: /lies outside/ },
    { name: 'a drive of Windows', entry: { path: 'C:\\evil', content: 'x' }, message: /lies outside/ },
    {
      name: 'an absolute link',
      entry: { path: 'l', type: 'SymbolicLink', linkpath: '/etc/passwd' },
      message: /"l", a link that points out to "\/etc\/passwd"/,
    },
    {
      name: 'a link that climbs out',
      entry: { path: 'a/l', type: 'SymbolicLink', linkpath: '../../x' },
      message: /a link that points out/,
    },
    {
      name: 'a hard link that climbs out',
      entry: { path: 'a/l', type: 'Link', linkpath: '../x' },
      message: /a link that points out/,
    },
    { name: 'a device', entry: { path: 'null', type: 'CharacterDevice' }, message: /is a CharacterDevice/ },
    { name: 'a block device', entry: { path: 'disk', type: 'BlockDevice' }, message: /is a BlockDevice/ },
    { name: 'a pipe', entry: { path: 'pipe', type: 'FIFO' }, message: /is a FIFO/ },
    {
      name: 'an absolute hard link',
      entry: { path: 'l', type: 'Link', linkpath: '/etc/passwd' },
      message: /"l", a link that points out to "\/etc\/passwd"/,
    },
    {
      name: 'a hard link with .. in its target',
      entry: { path: 'l', type: 'Link', linkpath: 'a/../oz' },
      message: /"l", a link with "\.\." within its target "a\/\.\.\/oz"/,
    },
    {
      name: 'a link with .. after a name, which may be a link',
      entry: { path: 'l', type: 'SymbolicLink', linkpath: 'a/b/../../oz' },
      message: /a link with "\.\." within its target/,
    },
    {
      name: 'a link to nothing at all',
      entry: { path: 'l', type: 'SymbolicLink', linkpath: '' },
      message: /damaged|points out/,
    },
  ])('refuses $name, and unpacks nothing after it', async ({ entry, message }) => {
    const archive = gzipSync(tarOf([{ path: 'oz', content: 'x' }, entry, { path: 'later', content: 'x' }]))
    await expect(unpackBytes(archive)).rejects.toThrow(message)
    expect(await readdir(folder)).toEqual(['archive', 'into'])
    expect(await readdir(join(folder, 'into'))).not.toContain('later')
  })

  test.each([
    { name: 'no gzip', bytes: Buffer.from('plain'), message: /damaged or incomplete/ },
    {
      name: 'a gzip that ends early',
      bytes: gzipSync(tarOf([{ path: 'oz', content: 'x'.repeat(9000) }])).subarray(0, -30),
      message: /unexpected end of file/,
    },
    {
      name: 'a wrong sum at its end',
      bytes: withLastByteChanged(gzipSync(tarOf([{ path: 'oz', content: 'x' }]))),
      message: /damaged or incomplete/,
    },
    {
      name: 'a gzip of something else',
      bytes: gzipSync(Buffer.alloc(2048, 'x')),
      message: /damaged or incomplete/,
    },
    {
      name: 'a tar cut within a file',
      bytes: gzipSync(tarOf([{ path: 'oz', content: 'x'.repeat(5000) }]).subarray(0, 2000)),
      message: /damaged or incomplete/,
    },
    { name: 'nothing', bytes: gzipSync(Buffer.alloc(1024)), message: /damaged or incomplete/ },
  ])('refuses $name', async ({ bytes, message }) => {
    await expect(unpackBytes(bytes)).rejects.toThrow(ArchiveError)
    await expect(unpackBytes(bytes)).rejects.toThrow(message)
  })

  const hardLink = (path: string, linkpath: string): Entry => ({ path, type: 'Link', linkpath })
  const link = (path: string, linkpath: string): Entry => ({ path, type: 'SymbolicLink', linkpath })
  test.each<{ name: string; entries: readonly Entry[] }>([
    {
      name: 'two hard links with .. in their targets',
      entries: [hardLink('a', 'x/../oz'), hardLink('b', 'x/../oz')],
    },
    { name: 'a hard link to nothing', entries: [hardLink('a', 'none'), hardLink('b', 'none')] },
    { name: 'a hard link to a folder', entries: [{ path: 'd/', type: 'Directory' }, hardLink('a', 'd')] },
    { name: 'a file through a link', entries: [link('d', 'resources'), { path: 'd/evil', content: 'x' }] },
    {
      name: 'a file through a link to the folder itself',
      entries: [link('d', '.'), { path: 'd/evil', content: 'x' }],
    },
    { name: 'a hard link through a link', entries: [link('d', 'resources'), hardLink('a', 'd/skill')] },
    {
      name: 'a link through a link that climbs',
      entries: [link('a', 'r/s'), link('r/s/up', '../..'), link('b', 'a/up/../x')],
    },
    {
      name: 'a file below a file',
      entries: [
        { path: 'oz/evil', content: 'x' },
        { path: 'oz/more', content: 'x' },
      ],
    },
    { name: 'a name that is too long', entries: [{ path: `${'n'.repeat(50)}/`.repeat(90), content: 'x' }] },
    { name: 'a name that no disk takes', entries: [{ path: 'n'.repeat(300), content: 'x' }] },
  ])('refuses $name as a bad archive', async ({ entries }) => {
    const skill: Entry = { path: 'resources/skill', content: 'skill' }
    const whole = [{ path: 'oz', content: 'x' }, skill, ...entries, { path: 'later', content: 'x' }]
    await expect(unpackBytes(gzipSync(tarOf(whole)))).rejects.toThrow(ArchiveError)
    // A second error of the same archive must not come later, when nobody waits for it.
    await new Promise(setImmediate)
    expect(await readdir(folder)).toEqual(['archive', 'into'])
  })

  test('cuts a name at a NUL character', async () => {
    await unpackBytes(gzipSync(tarOf([{ path: 'oz\0/../../evil', content: 'x' }])))
    expect(await readdir(folder)).toEqual(['archive', 'into'])
    expect(await readdir(join(folder, 'into'))).toEqual(['oz'])
  })

  test('lets a link to itself pass, which harms nobody', async () => {
    await unpackBytes(gzipSync(tarOf([link('oz', 'oz')])))
    expect(await readdir(join(folder, 'into'))).toEqual(['oz'])
  })

  test("passes the disk's own error on", async () => {
    await writeFile(join(folder, 'archive'), gzipSync(tarOf([{ path: 'oz', content: 'x' }])))
    await expect(unpack(join(folder, 'archive'), join(folder, 'none'))).rejects.toMatchObject({
      code: 'ENOENT',
    })
    await expect(unpack(join(folder, 'missing'), join(folder, 'into'))).rejects.toMatchObject({
      code: 'ENOENT',
    })
  })
})

function withLastByteChanged(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes)
  // The size of the content, the last field of a gzip.
  changed.writeUInt32LE(1, changed.length - 4)
  return changed
}
