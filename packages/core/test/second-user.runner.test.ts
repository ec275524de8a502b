import { execFileSync, spawnSync } from 'node:child_process'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { findCli } from '../src/install/resolve.ts'
import { VERSION } from './support/cli-archive.ts'
import { type CliBench, createCliBench, LATEST } from './support/cli-bench.ts'
import { SUM, startMirror, storeOf } from './support/mirror.ts'

const EVIL = 'EVIL'
const evilScript = `#!/bin/sh\n[ "$1" = --version ] && echo "${VERSION}" || echo ${EVIL}\n`

/** Starts a program as a user who owns nothing here. */
const STRANGER = ['--reuid=65534', '--regid=65534', '--clear-groups'] as const
const asStranger = (script: string, ...args: string[]) =>
  execFileSync('setpriv', [...STRANGER, 'sh', '-euc', script, 'sh', ...args], { stdio: 'pipe' })

function reasonToSkip(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root may start a program as another user'
  const tried = spawnSync('setpriv', [...STRANGER, 'true'])
  return tried.status === 0 ? undefined : 'setpriv cannot start a program as another user'
}

const skipped = reasonToSkip()

/** The entry as the attacker makes it: whole, with a record that fits, and a program of theirs. */
const PLANT = `
  store=$1; entry=$store/${VERSION}-linux-x86_64
  mkdir -p "$entry/tree"
  cat > "$entry/tree/oz" <<'END'
${evilScript}END
  chmod 755 "$entry/tree/oz"
  size=$(stat -c %s "$entry/tree/oz"); touch -d @1000 "$entry/tree/oz"
  printf '{"version":"${VERSION}","sha256":"${SUM}","executable":{"path":"tree/oz","size":%s,"modified":1000000},"loader":null}' "$size" > "$entry/install.json"
`

describe.skipIf(skipped !== undefined)(
  `a second user of the machine${skipped === undefined ? '' : ` (skipped: ${skipped})`}`,
  () => {
    /** A machine whose tool folder lies in a folder that all may write to. */
    async function sharedMachine() {
      const mirror = await startMirror()
      const bench = await createCliBench()
      // The stranger must be able to get here.
      execFileSync('chmod', ['755', bench.folder])
      const shared = join(bench.folder, 'shared')
      await mkdir(shared)
      execFileSync('chmod', ['777', shared])
      const toolFolder = join(shared, 'oz-agent')
      return {
        bench,
        shared,
        store: join(toolFolder, 'oz-cli', 'stable'),
        request: { ...LATEST, version: VERSION, downloadUrl: mirror.url },
        context: { ...bench.context, toolFolder, privateFolder: join(bench.folder, 'private') },
        async [Symbol.asyncDispose]() {
          await mirror[Symbol.asyncDispose]()
          await bench[Symbol.asyncDispose]()
        },
      }
    }
    const runOf = async ({ path }: { path: string }) =>
      (await execa(path, ['agent'], { reject: false })).stdout
    const warningsOf = ({ said }: CliBench) => said.filter((line) => line.startsWith('warning:'))

    test.each([
      { name: 'without a sum', sha256: undefined },
      { name: 'with a pinned sum', sha256: SUM },
    ])('who made the tool folder first does not choose the program, $name', async ({ sha256 }) => {
      await using machine = await sharedMachine()
      asStranger(PLANT, machine.store)
      const cli = await findCli({ ...machine.request, sha256 }, machine.context)
      expect(await runOf(cli)).not.toContain(EVIL)
      expect(cli.path.startsWith(machine.context.privateFolder)).toBe(true)
      expect(warningsOf(machine.bench)).toEqual([expect.stringMatching(/belongs to another user/)])
    })

    test('who made only an empty tool folder cannot swap what is installed later', async () => {
      await using machine = await sharedMachine()
      asStranger('mkdir -m 777 "$1"', machine.context.toolFolder)
      const cli = await findCli(machine.request, machine.context)
      expect(() =>
        asStranger(
          `mv "$1/oz-cli" "$1/gone"; ${PLANT.replace('store=$1', 'store=$2')}`,
          machine.context.toolFolder,
          machine.store,
        ),
      ).toThrow()
      expect(await runOf(cli)).not.toContain(EVIL)
      expect(await runOf(await findCli(machine.request, machine.context))).not.toContain(EVIL)
    })

    test('who puts another folder in the place of ours between two jobs does not choose the program', async () => {
      await using machine = await sharedMachine()
      await findCli(machine.request, machine.context)
      asStranger(`mv "$2" "$2.gone"; ${PLANT}`, machine.store, machine.context.toolFolder)
      const cli = await findCli(machine.request, machine.context)
      expect(await runOf(cli)).not.toContain(EVIL)
      expect(warningsOf(machine.bench)).toEqual([expect.stringMatching(/belongs to another user/)])
    })

    test('who puts a link in the place of ours does not either', async () => {
      await using machine = await sharedMachine()
      await findCli(machine.request, machine.context)
      const theirs = join(machine.shared, 'theirs')
      asStranger(
        `mv "$2" "$2.gone"; ln -s "$3" "$2"; ${PLANT}`,
        join(theirs, 'oz-cli', 'stable'),
        machine.context.toolFolder,
        theirs,
      )
      const cli = await findCli(machine.request, machine.context)
      expect(await runOf(cli)).not.toContain(EVIL)
      expect(warningsOf(machine.bench)).toEqual([expect.stringMatching(/belongs to another user/)])
    })

    test('with a pinned sum, swapping everything between the search and the start changes nothing', async () => {
      await using machine = await sharedMachine()
      const pinned = { ...machine.request, sha256: SUM }
      await findCli(pinned, machine.context)
      const cli = await findCli(pinned, machine.context)
      expect(cli.source).toBe('tool-cache')
      asStranger(`mv "$2" "$2.gone"; ${PLANT}`, machine.store, machine.context.toolFolder)
      expect(await runOf(cli)).not.toContain(EVIL)
      expect(() => asStranger('ls "$1"', machine.context.privateFolder)).toThrow()
    })

    test('cannot change what we installed', async () => {
      await using machine = await sharedMachine()
      const before = process.umask(0)
      const { path } = await findCli(machine.request, machine.context).finally(() => process.umask(before))
      for (const script of ['echo x > "$1"', 'rm -f "$1"', 'touch "$1"', 'touch "${1%/*}/new"']) {
        expect(() => asStranger(script, path)).toThrow()
      }
      expect((await findCli(machine.request, machine.context)).source).toBe('tool-cache')
    })

    test('whose entry stands among ours is told', async () => {
      await using machine = await sharedMachine()
      const own = { ...machine.context, toolFolder: machine.bench.toolFolder }
      await findCli(machine.request, own)
      const entry = join(storeOf(machine.bench), `${VERSION}-linux-x86_64`)
      await rm(entry, { recursive: true })
      asStranger(PLANT, join(machine.shared, 'theirs'))
      await rename(join(machine.shared, 'theirs', `${VERSION}-linux-x86_64`), entry)
      expect((await stat(entry)).uid).toBe(65534)
      const cli = await findCli(machine.request, own)
      expect(await runOf(cli)).not.toContain(EVIL)
      expect(warningsOf(machine.bench)).toEqual([expect.stringMatching(/belongs to another user/)])
    })
  },
)
