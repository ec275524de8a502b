import { resolve } from 'node:path'
import { messageOf } from '../errors.ts'
import type { FileInfo, Files } from '../ports.ts'
import type { InputId } from './inputs.ts'
import { placeOfJsonError } from './json-place.ts'
import type { InputProblem, NameOf } from './parse-inputs.ts'
import { quote } from './quote.ts'
import type { RunRequest } from './request.ts'

export interface FileContext {
  readonly files: Pick<Files, 'info' | 'readBytes' | 'isExecutable'>
  /** Relative paths of inputs start here. */
  readonly cwd: string
}

/**
 * Looks at every file and folder that the inputs name, before anything is installed or started.
 * Reports all problems at once, in the order of the contract; never shows what a file holds.
 */
export async function checkFiles(
  request: RunRequest,
  context: FileContext,
  nameOf: NameOf,
): Promise<{ problems: InputProblem[] }> {
  const { prompt, configFile, placement, mcp, cli } = request
  const checks: Promise<InputProblem | undefined>[] = []
  const check = (id: InputId, path: string | undefined, ...expected: Expectation) => {
    if (path !== undefined) checks.push(problemOf(path, context, expected).then(named(nameOf(id))))
  }
  if (prompt.kind === 'file') check('promptFile', prompt.path, 'file', promptProblem)
  check('configFile', configFile, 'file', configProblem)
  for (const source of mcp) if (source.kind === 'path') check('mcp', source.path, 'file', mcpProblem)
  if (placement.kind === 'local') check('cwd', placement.cwd, 'folder')
  // The search for a CLI knows the home folder; a path that begins there is left to it.
  if (!cli.path?.startsWith('~')) check('ozPath', cli.path, 'program')
  const problems = await Promise.all(checks)
  return { problems: problems.filter((problem) => problem !== undefined) }
}

/** What is wrong with the content of a file, as the end of a sentence about it; undefined when nothing is. */
export type ContentCheck = (text: string, path: string) => string | undefined | Promise<string | undefined>

type Expectation = ['file', ContentCheck] | ['folder'] | ['program']

const named = (name: string) => (message: string | undefined) =>
  message === undefined ? undefined : { name, message }

async function problemOf(
  path: string,
  { files, cwd }: FileContext,
  [kind, checkContent]: Expectation,
): Promise<string | undefined> {
  const full = resolve(cwd, path)
  try {
    const info = await files.info(full)
    if (info === undefined) return `${quote(path)} does not exist${whereItWasSought(path, full)}`
    const wanted = kind === 'folder' ? 'folder' : 'file'
    if (info.kind !== wanted) return `${quote(path)} is ${KINDS[info.kind]}: expected a ${wanted}`
    if (kind === 'program' && !(await files.isExecutable(full))) {
      return `${quote(path)} may not be executed: run chmod +x on it, or name the executable itself`
    }
    if (checkContent === undefined) return undefined
    const content = decode(await files.readBytes(full))
    const problem = content.ok ? await checkContent(content.text, path) : content.problem
    return problem === undefined ? undefined : `${quote(path)} ${problem}`
  } catch (error) {
    return `${quote(path)} cannot be read: ${reasonOf(error)}`
  }
}

const KINDS: Record<FileInfo['kind'], string> = {
  file: 'a file',
  folder: 'a folder',
  other: 'neither a file nor a folder',
}

function whereItWasSought(path: string, full: string): string {
  if (path.startsWith('~')) return ': ~ stands for the home folder only in a shell, write the path out'
  return full === path ? '' : ` (looked for ${quote(full)})`
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'the path is too long',
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return REASONS[code] === undefined ? messageOf(error) : `${REASONS[code]} (${code})`
}

type Decoded = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: string }

function decode(bytes: Uint8Array): Decoded {
  const [first, second] = bytes
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  if (isUtf16) return { ok: false, problem: 'is UTF-16: save it as UTF-8' }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    if (text.includes('\0')) return { ok: false, problem: 'holds NUL characters: expected text' }
    return text.trim() === '' ? { ok: false, problem: 'is empty' } : { ok: true, text }
  } catch {
    return { ok: false, problem: 'is not valid UTF-8: expected text, saved as UTF-8' }
  }
}

/** Its schema is loaded only for a step that has such a file. */
const configProblem: ContentCheck = async (text, path) =>
  (await import('./config-file.ts')).configProblem(text.replace(/^\uFEFF/, ''), path)

/** Decoding has told already all that can be wrong with a prompt. */
const promptProblem: ContentCheck = () => undefined

const mcpProblem: ContentCheck = (text) => {
  if (text.startsWith('\uFEFF')) return 'begins with a byte order mark: save it as UTF-8 without one'
  const place = placeOfJsonError(text)
  if (place !== undefined) return `does not parse as JSON at ${place}`
  return text.trimStart().startsWith('{') ? undefined : 'holds no JSON object'
}
