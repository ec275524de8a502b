import { gzipSync } from 'node:zlib'
import { archiveOf, cliScript, releaseTree, VERSION } from './cli-archive.ts'
import { ASK, archive, damaged, type Fault, FILE, good, SUM, serving } from './fault.ts'
import { type Entry, tarOf } from './tar-of.ts'

const hostile = (...entries: readonly Entry[]) => serving({ body: gzipSync(tarOf(entries)) })
const oz: Entry = { path: 'oz', mode: 0o755, content: cliScript() }
const badArchive = {
  code: 'unavailable',
  remedy: /something changes or replaces the file/,
  requests: 2,
} as const

/** What can be wrong with the archive and with what is in it. */
export const ARCHIVE_FAULTS: readonly Fault[] = [
  {
    name: 'reset in the middle of the body, for ever',
    script: serving({
      body: archive.subarray(0, 30_000),
      headers: { 'content-length': archive.length },
      after: 'reset',
    }),
    code: 'temporary',
    message: 'The connection to HOST broke off (ECONNRESET).',
    remedy: /Run the job again/,
    requests: 5,
  },
  {
    name: 'stall before any answer, for ever',
    script: () => ({ [ASK]: [{ after: 'stall' }] }),
    code: 'temporary',
    message: 'HOST sent nothing for 0.3 s.',
    stallTimeout: 300,
    remedy: /Run the job again/,
    requests: 4,
  },
  {
    name: 'stall in the middle of the body, for ever',
    script: serving({
      body: archive.subarray(0, 30_000),
      headers: { 'content-length': archive.length },
      after: 'stall',
    }),
    code: 'temporary',
    message: 'HOST sent nothing for 0.3 s.',
    stallTimeout: 300,
    remedy: /Run the job again/,
    requests: 5,
  },
  {
    name: 'fewer bytes than announced',
    script: serving({ body: archive.subarray(0, 30_000), headers: { 'content-length': archive.length } }),
    code: 'temporary',
    message: 'The connection to HOST broke off (ECONNRESET).',
    remedy: /Run the job again/,
    requests: 5,
  },
  {
    name: 'announced as shorter than the archive is',
    script: serving({ body: archive.subarray(0, archive.length - 100) }),
    code: 'unavailable',
    message: `SERVER${FILE} is no archive of the CLI. The archive is damaged or incomplete (unexpected end of file).`,
    remedy: /something changes or replaces the file/,
    requests: 2,
  },
  {
    name: 'a web page instead of an archive',
    script: serving({
      body: '<!DOCTYPE html><title>Sign in</title>',
      headers: { 'content-type': 'text/html' },
    }),
    code: 'unavailable',
    message: `SERVER${FILE} sent a web page instead of a gzipped archive.`,
    remedy: /wants a sign-in/,
    requests: 2,
  },
  {
    name: 'a web page instead of the redirect',
    script: () => ({ [ASK]: [{ body: '<html>Sign in</html>' }] }),
    code: 'unavailable',
    message: 'SERVER/download/cli sent a web page instead of a gzipped archive.',
    remedy: /wants a sign-in/,
    requests: 2,
  },
  {
    name: 'an empty file',
    script: serving({ body: '' }),
    code: 'unavailable',
    message: `SERVER${FILE} sent an empty file instead of a gzipped archive.`,
    remedy: /Check oz_download_url/,
    requests: 2,
  },
  {
    name: 'corrupt gzip',
    script: serving({ body: damaged }),
    code: 'unavailable',
    message: `SERVER${FILE} is no archive of the CLI. The archive is damaged or incomplete (REASON).`,
    remedy: /something changes or replaces the file/,
    requests: 2,
  },
  {
    name: 'wrong checksum',
    script: serving(good),
    request: { sha256: SUM },
    code: 'unavailable',
    message: `The archive from SERVER${FILE} has another SHA-256 than oz_sha256 asks for: expected ${SUM}, got SUM. It was deleted.`,
    remedy: /A sum belongs to one release: pin oz_version too/,
    requests: 2,
  },
  {
    name: 'another version than asked for',
    script: serving({ body: await archiveOf(releaseTree('v0.2026.01.02.03.04.stable_00')) }),
    code: 'unavailable',
    message: `SERVER${FILE} holds version v0.2026.01.02.03.04.stable_00 of the CLI, but ${VERSION} was expected.`,
    remedy: /Check oz_download_url, or ask for v0\.2026\.01\.02\.03\.04\.stable_00 in oz_version/,
    requests: 2,
  },
  {
    name: 'an archive without the executable',
    script: serving({ body: await archiveOf({ 'resources/oz-helper': cliScript(), README: 'hello' }) }),
    code: 'unavailable',
    message: `SERVER${FILE} is no archive of the CLI. The archive holds no executable whose name starts with "oz"; at its top: README, resources/.`,
    remedy: /check oz_download_url/,
    requests: 2,
  },
  {
    name: 'an executable that needs a missing library',
    script: serving({
      body: await archiveOf({
        oz: '#!/bin/sh\necho "oz: error while loading shared libraries: libz.so.1: cannot open shared object file" >&2\nexit 127\n',
      }),
    }),
    code: 'unavailable',
    message: `The CLI from SERVER${FILE} does not run here: the shared library libz.so.1 is missing (exit 127).`,
    remedy: /apt-get install zlib1g/,
    requests: 2,
  },
  {
    name: 'two hard links whose targets hold ..',
    script: hostile(
      oz,
      { path: 'a', type: 'Link', linkpath: 'x/../oz' },
      { path: 'b', type: 'Link', linkpath: 'x/../oz' },
    ),
    message: `SERVER${FILE} is no archive of the CLI. The archive holds "a", a link with ".." within its target "x/../oz".`,
    ...badArchive,
  },
  {
    name: 'a file written through a link',
    script: hostile(
      oz,
      { path: 'resources/a', content: 'x' },
      { path: 'd', type: 'SymbolicLink', linkpath: 'resources' },
      { path: 'd/evil', content: 'x' },
    ),
    message: `SERVER${FILE} is no archive of the CLI. The archive is damaged or incomplete (TAR_SYMLINK_ERROR: Cannot extract through symbolic link).`,
    ...badArchive,
  },
  {
    name: 'a device in place of the executable',
    script: hostile({ path: 'oz', type: 'CharacterDevice' }),
    message: `SERVER${FILE} is no archive of the CLI. The archive holds "oz", which is a CharacterDevice: only files, folders and links are expected.`,
    ...badArchive,
  },
  {
    name: 'an executable that is a link to itself',
    script: hostile({ path: 'oz', type: 'SymbolicLink', linkpath: 'oz' }),
    message: `SERVER${FILE} is no archive of the CLI. The archive holds no executable whose name starts with "oz"; at its top: oz.`,
    ...badArchive,
  },
  {
    name: 'an announced size that no release has',
    script: serving({
      body: archive.subarray(0, 30_000),
      headers: { 'content-length': 2_000_000_000 },
      after: 'stall',
    }),
    code: 'unavailable',
    message: `SERVER${FILE} sends more than 1000 MB, which is no archive of the CLI. The download was stopped.`,
    remedy: /Check oz_download_url/,
    requests: 2,
  },
]
