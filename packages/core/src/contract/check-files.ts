import { isAbsolute, relative, resolve } from 'node:path'
import * as z from 'zod/mini'
import { messageOf } from '../errors.ts'
import type { FileInfo, Files, Yaml } from '../ports.ts'
import type { InputId } from './inputs.ts'
import { placeAt, placeOfJsonError } from './json-place.ts'
import { nearest, quote } from './names.ts'
import type { InputProblem, NameOf } from './parse-inputs.ts'
import type { RunRequest } from './request.ts'

export interface FileContext {
  readonly files: Pick<Files, 'info' | 'readBytes' | 'isExecutable' | 'realPath'>
  readonly yaml: Yaml
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
  if (prompt.kind === 'file') check('promptFile', prompt.path, 'file', promptProblem, 'stays')
  check('configFile', configFile, 'file', (text, path) =>
    configProblem(text.replace(/^\uFEFF/, ''), path, context.yaml.parse),
  )
  for (const source of mcp) if (source.kind === 'path') check('mcp', source.path, 'file', mcpProblem)
  if (placement.kind === 'local') check('cwd', placement.cwd, 'folder')
  // The search for a CLI knows the home folder; a path that begins there is left to it.
  if (!cli.path?.startsWith('~')) check('ozPath', cli.path, 'program')
  const problems = await Promise.all(checks)
  return { problems: problems.filter((problem) => problem !== undefined) }
}

/** What is wrong with the content of a file, as the end of a sentence about it; undefined when nothing is. */
export type ContentCheck = (text: string, path: string) => string | undefined | Promise<string | undefined>

/** `stays`: a path within the checkout must not lead out of it by a link, which whoever wrote the commit may have chosen. */
type Expectation = ['file', ContentCheck, 'stays'?] | ['folder'] | ['program']

const named = (name: string) => (message: string | undefined) =>
  message === undefined ? undefined : { name, message }

async function problemOf(
  path: string,
  { files, cwd }: FileContext,
  [kind, checkContent, stays]: Expectation,
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
    if (stays !== undefined && (await leadsOut(full, cwd, files))) {
      return `${quote(path)} leads out of the checkout by a link: expected a file in the checkout`
    }
    const content = decode(await files.readBytes(full))
    const problem = content.ok ? await checkContent(content.text, path) : content.problem
    return problem === undefined ? undefined : `${quote(path)} ${problem}`
  } catch (error) {
    return `${quote(path)} cannot be read: ${reasonOf(error)}`
  }
}

async function leadsOut(full: string, cwd: string, { realPath }: FileContext['files']): Promise<boolean> {
  if (!isWithin(full, cwd)) return false
  return !isWithin(await realPath(full), await realPath(cwd))
}

function isWithin(path: string, folder: string): boolean {
  const from = relative(folder, path)
  return !from.startsWith('..') && !isAbsolute(from)
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

/** Decoding has told already all that can be wrong with a prompt. */
const promptProblem: ContentCheck = () => undefined

const mcpProblem: ContentCheck = (text) => {
  if (text.startsWith('\uFEFF')) return 'begins with a byte order mark: save it as UTF-8 without one'
  const place = placeOfJsonError(text)
  if (place !== undefined) return `does not parse as JSON at ${place}`
  return text.trimStart().startsWith('{') ? undefined : 'holds no JSON object'
}

/** The settings that the CLI takes from `--file`; it refuses any other key. https://docs.warp.dev/reference/cli */
export const configFileSchema = z.strictObject({
  name: z.optional(z.string()),
  environment_id: z.optional(z.string()),
  runner_id: z.optional(z.string()),
  model_id: z.optional(z.string()),
  base_prompt: z.optional(z.string()),
  mcp_servers: z.optional(z.unknown()),
  host: z.optional(z.string()),
  computer_use_enabled: z.optional(z.boolean()),
})

const KEYS = Object.keys(configFileSchema.shape)

/** Checks a configuration file by its form and by the CLI's strict keys; never shows a value: it may be a secret. */
async function configProblem(
  text: string,
  path: string,
  parseYaml: Yaml['parse'],
): Promise<string | undefined> {
  const parsed = /\.json$/i.test(path) ? parseJson(text) : await readYaml(text, parseYaml)
  if (!parsed.ok) return parsed.problem
  if (typeof parsed.value !== 'object' || parsed.value === null || Array.isArray(parsed.value)) {
    return `holds no mapping: expected keys out of ${KEYS.join(', ')}`
  }
  const checked = configFileSchema.safeParse(parsed.value)
  if (checked.success) return undefined
  return `has wrong settings: ${checked.error.issues.flatMap(problemsOf).join('; ')}`
}

type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: string }

function parseJson(text: string): Parsed {
  const place = placeOfJsonError(text)
  if (place !== undefined) return { ok: false, problem: `does not parse as JSON at ${place}` }
  return { ok: true, value: JSON.parse(text) }
}

async function readYaml(text: string, parseYaml: Yaml['parse']): Promise<Parsed> {
  const parsed = await parseYaml(text)
  if (parsed.ok) return parsed
  const { line, column } = placeAt(text, parsed.offset)
  return { ok: false, problem: `does not parse as YAML at line ${line}, column ${column} (${parsed.what})` }
}

function problemsOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const guess = nearest(key, KEYS)
      const advice = guess === undefined ? `known are ${KEYS.join(', ')}` : `did you mean ${quote(guess)}?`
      return `there is no key ${quote(key)} (${advice})`
    })
  }
  const expected = issue.code === 'invalid_type' ? issue.expected : 'another value'
  return [`${quote(issue.path.join('.'))} must be a ${expected}`]
}
