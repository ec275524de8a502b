import { dirname, join, resolve } from 'node:path'
import { type InputProblem, messageOf, type Ports, quote, RunnerError } from '@oz-agent/core'
import type { Options } from './environment.ts'
import type { OwnOptionName } from './options.ts'

/** Where one run works and writes. */
export interface RunFolders {
  /** A new folder with a random name (0700), for what only this run may read. */
  readonly stepFolder: string
  readonly resultFolder: string
  readonly outputsFile: string | undefined
  readonly toolFolder: string | undefined
  /** What is wrong with the paths that were given; nothing may be started then. */
  readonly problems: readonly InputProblem[]
  /** Why no temporary folder could be made; a step ends with it. */
  readonly failure: RunnerError | undefined
  /** Removes what this run needs no longer, and the oldest of what earlier runs have left. Never rejects. */
  leave(): Promise<void>
}

/** How many folders of results stay in the temporary folder: the newest. */
export const KEPT_RESULTS = 20

const STEP = 'oz-agent-step-'
const RESULTS = 'oz-agent-results-'
const MARK = '.oz-agent-run-'
/** What an earlier run has left in a folder that this one uses again. */
const OLD_RESULTS = ['result.json', 'transcript.ndjson', 'agent-output.md', 'summary.md']
/**
 * For how long the folder of a killed run stays: one that another container made, or is just making, looks like that too.
 */
const KEPT_STEP = 24 * 60 * 60_000

type Needs = Pick<Ports, 'files' | 'machine' | 'processes' | 'clock'>

/**
 * Checks every path that a run writes to, before anything starts, and takes its folders: a result folder serves one run
 * at a time. Never rejects.
 */
export async function takeFolders({ own, nameOf }: Options, ports: Needs): Promise<RunFolders> {
  const { files, machine } = ports
  const problems: InputProblem[] = []
  const given = (name: OwnOptionName & keyof typeof own) => {
    const typed = own[name]
    return typeof typed === 'string' ? resolve(machine.cwd, typed) : undefined
  }
  const report = (name: OwnOptionName, text: string | undefined) => {
    if (text === undefined) return true
    problems.push({ name: nameOf(name), message: `${quote(String(own[name as keyof typeof own]))} ${text}` })
    return false
  }
  const outputsFile = given('outputs-file')
  const toolFolder = given('tool-folder')
  const wanted = given('result-folder')
  if (outputsFile !== undefined) report('outputs-file', await fileProblem(outputsFile, ports))
  if (toolFolder !== undefined) report('tool-folder', await folderProblem(toolFolder, 'may be full', ports))
  const isFit =
    wanted !== undefined && report('result-folder', await folderProblem(wanted, 'must be writable', ports))
  const mark = await markOf(machine.pid, ports)
  const isTaken = isFit && report('result-folder', await takeResultFolder(wanted, mark, ports))
  let failure: RunnerError | undefined
  const makeTemporary = async (prefix: string): Promise<string> => {
    try {
      const folder = await files.makeTempFolder(join(machine.temp, prefix))
      await files.claim(join(folder, mark))
      return folder
    } catch (error) {
      failure = new RunnerError('unavailable', `no temporary folder can be made: ${messageOf(error)}`, {
        remedy: 'Free space on the disk, or set TMPDIR to a folder that this user can write to.',
      })
      return join(machine.temp, prefix + crypto.randomUUID())
    }
  }
  const resultFolder = isTaken ? wanted : await makeTemporary(RESULTS)
  const stepFolder = await makeTemporary(STEP)
  return {
    stepFolder,
    resultFolder,
    outputsFile: problems.some(({ name }) => name === nameOf('outputs-file')) ? undefined : outputsFile,
    toolFolder,
    problems,
    failure,
    async leave() {
      await files.remove(stepFolder).catch(ignore)
      await files.remove(join(resultFolder, mark)).catch(ignore)
      await tidy(ports).catch(ignore)
    },
  }
}

const ignore = (): void => {}

/** The name of the file that says which process uses a folder; no other process ever has the same. */
async function markOf(pid: number, { processes }: Needs): Promise<string> {
  return `${MARK}${pid}-${encodeURIComponent((await processes.startTime(pid)) ?? '')}`
}

/** Makes the folder and marks it; the end of a sentence about it when another run uses it. */
async function takeResultFolder(folder: string, mark: string, ports: Needs): Promise<string | undefined> {
  const { files } = ports
  try {
    await files.makeFolder(folder, { mode: 0o700 })
    // First marked, then looked at: of two runs at the same moment at least one sees the other.
    await files.claim(join(folder, mark))
    const others = (await files.list(folder)).filter((name) => name.startsWith(MARK) && name !== mark)
    for (const other of others) {
      if (!(await isAlive(other, ports))) await files.remove(join(folder, other))
      else {
        await files.remove(join(folder, mark))
        return `is in use by another run (process ${pidOf(other)}): give each run a folder of its own`
      }
    }
    for (const name of OLD_RESULTS) await files.remove(join(folder, name))
    return undefined
  } catch (error) {
    return `cannot be written: ${messageOf(error)}`
  }
}

function pidOf(mark: string): number {
  return Number.parseInt(mark.slice(MARK.length), 10)
}

async function isAlive(mark: string, ports: Needs): Promise<boolean> {
  const pid = pidOf(mark)
  return ports.processes.signal(pid, 0) && (await markOf(pid, ports)) === mark
}

/** What is wrong with a folder to write to, as the end of a sentence; nothing is made. */
export async function folderProblem(
  path: string,
  want: 'must be writable' | 'may be full',
  ports: Pick<Ports, 'files'>,
): Promise<string | undefined> {
  const { files } = ports
  try {
    for (let at = path; ; at = dirname(at)) {
      const info = await files.info(at)
      if (info === undefined && dirname(at) !== at) continue
      if (info?.kind !== 'folder') {
        return at === path ? 'is no folder' : `cannot be made: ${quote(at)} is no folder`
      }
      // A folder of tools that was filled before, such as one of an image, need not be writable.
      if (at === path && want === 'may be full' && (await files.list(at)).length > 0) return undefined
      const problem = await writeProblem(at, ports)
      return problem && `${at === path ? 'cannot be written' : 'cannot be made'}: ${problem}`
    }
  } catch (error) {
    return `cannot be used: ${messageOf(error)}`
  }
}

/** What is wrong with a file to append to, as the end of a sentence; nothing is made. */
async function fileProblem(path: string, ports: Needs): Promise<string | undefined> {
  const { files } = ports
  try {
    const info = await files.info(path)
    if (info?.kind === 'folder') return 'is a folder: expected a file'
    // Opening a pipe waits for its reader, for ever where none comes; what the shell has opened is open.
    if (info?.kind === 'other')
      return OPEN.test(path) ? undefined : 'is neither a file nor a folder: expected a file'
    if (info?.kind === 'file') {
      files.append(path).close()
      return undefined
    }
    const folder = await files.info(dirname(path))
    if (folder === undefined) return `cannot be made: there is no folder ${quote(dirname(path))}`
    if (folder.kind !== 'folder') return `cannot be made: ${quote(dirname(path))} is no folder`
    const problem = await writeProblem(dirname(path), ports)
    return problem && `cannot be made: ${problem}`
  } catch (error) {
    return `cannot be written: ${messageOf(error)}`
  }
}

const OPEN = /^\/dev\/(?:stdout|stderr|null|tty|fd\/\d+)$|^\/proc\/self\/fd\/\d+$/

async function writeProblem(folder: string, { files }: Pick<Ports, 'files'>): Promise<string | undefined> {
  try {
    await files.remove(await files.makeTempFolder(join(folder, '.oz-agent-')))
    return undefined
  } catch (error) {
    return messageOf(error)
  }
}

/** Removes what killed runs have left in the temporary folder, and all folders of results but the newest. */
async function tidy(ports: Needs): Promise<void> {
  const { files, machine, clock } = ports
  const results: { readonly path: string; readonly modified: number }[] = []
  for (const name of await files.list(machine.temp)) {
    if (!name.startsWith(STEP) && !name.startsWith(RESULTS)) continue
    const path = join(machine.temp, name)
    // Nothing but a folder that this user alone has made and can enter is ours.
    if ((await files.ownFolderProblem(path)) !== undefined) continue
    const marks = (await files.list(path)).filter((one) => one.startsWith(MARK))
    const alive = await Promise.all(marks.map((mark) => isAlive(mark, ports)))
    if (alive.includes(true)) continue
    const modified = (await files.info(path))?.modified ?? 0
    if (name.startsWith(RESULTS)) results.push({ path, modified })
    else if (clock.now() - modified > KEPT_STEP) await files.remove(path)
  }
  const oldest = results.toSorted((a, b) => b.modified - a.modified).slice(KEPT_RESULTS)
  for (const { path } of oldest) await files.remove(path)
}
