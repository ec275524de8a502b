import { resolve } from 'node:path'
import { type InputProblem, messageOf, type Ports, quote, type RawInputs, spell } from '@oz-agent/core'

/**
 * Opens a named pipe, or standard input where no path is given; reading ends with an error when the signal aborts.
 * Throws for a path that leads to no pipe.
 */
export type OpenStream = (path: string | undefined, signal: AbortSignal) => AsyncIterable<Uint8Array>

/** A longer prompt than this is taken for a mistake, such as a device that never ends. */
const MOST_BYTES = 16 * 1024 * 1024

const PROMPT = [spell('prompt', 'flag'), spell('prompt', 'variable')]
const PROMPT_FILE = [spell('promptFile', 'flag'), spell('promptFile', 'variable')]
const STANDARD_INPUT = ['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']

/** The input that wants its text from a stream: `-` in either, or a path of a prompt file that leads to no plain file. */
interface Wish {
  readonly name: string
  readonly typed: string
  readonly from: 'standard input' | 'pipe'
}

/**
 * Reads a prompt that comes from standard input (`--prompt -`, `--prompt-file=/dev/stdin`) or from a pipe
 * (`--prompt-file <(make prompt)`), and gives the inputs with its text. Inputs without such a prompt stay as they are.
 * A signal of the CI ends the reading: the step itself then tells why it ended.
 */
export async function takePromptStream(
  inputs: RawInputs,
  open: OpenStream,
  ports: Pick<Ports, 'files' | 'machine' | 'stop'>,
): Promise<{ readonly inputs: RawInputs; readonly problems: readonly InputProblem[] }> {
  const wish = await findWish(inputs, ports)
  const prompts = Object.keys(inputs).filter((name) => [...PROMPT, ...PROMPT_FILE].includes(name))
  if (wish === undefined || prompts.length > 1) return { inputs, problems: [] }
  const read = await readWish(wish, open, ports)
  const { [wish.name]: _, ...others } = inputs
  const problems = read.ok ? [] : [{ name: wish.name, message: read.problem }]
  // Nobody reads the text that stands in for an unreadable one; it keeps core from saying that there is no prompt.
  return { inputs: { ...others, [spell('prompt', 'flag')]: read.ok ? read.text : wish.from }, problems }
}

/** The inputs without a prompt that would have to be read: `doctor` needs none. */
export async function dropPromptStream(
  inputs: RawInputs,
  ports: Pick<Ports, 'files' | 'machine'>,
): Promise<RawInputs> {
  const wish = await findWish(inputs, ports)
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => name !== wish?.name))
}

type Read = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: string }

async function readWish(
  { from, typed }: Wish,
  open: OpenStream,
  { machine, stop }: Pick<Ports, 'machine' | 'stop'>,
): Promise<Read> {
  const stopped = new AbortController()
  const gaveUp = new Promise<Read>((done) => {
    stopped.signal.addEventListener('abort', () => done({ ok: false, problem: 'was not read to its end' }))
  })
  const stopListening = stop.listen(() => stopped.abort())
  const path = from === 'pipe' ? resolve(machine.cwd, typed) : undefined
  const reading = readAll(() => open(path, stopped.signal)).then(decode, (error: unknown) => ({
    ok: false as const,
    problem: `cannot be read: ${messageOf(error)}`,
  }))
  const read = await Promise.race([reading, gaveUp])
  stopListening()
  const place = from === 'pipe' ? quote(typed) : from
  return read.ok ? read : { ok: false, problem: `${place} ${read.problem}` }
}

async function findWish(
  inputs: RawInputs,
  { files, machine }: Pick<Ports, 'files' | 'machine'>,
): Promise<Wish | undefined> {
  for (const [name, value] of Object.entries(inputs)) {
    if (typeof value !== 'string') continue
    const typed = value.trim()
    if (PROMPT.includes(name) && typed === '-') return { name, typed, from: 'standard input' }
    if (!PROMPT_FILE.includes(name)) continue
    if (STANDARD_INPUT.includes(typed)) return { name, typed, from: 'standard input' }
    const info = await files.info(resolve(machine.cwd, typed)).catch(() => undefined)
    if (info?.kind === 'other') return { name, typed, from: 'pipe' }
  }
  return undefined
}

async function readAll(open: () => AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of open()) {
    parts.push(chunk)
    length += chunk.length
    if (length > MOST_BYTES) break
  }
  return Buffer.concat(parts)
}

function decode(bytes: Uint8Array): Read {
  if (bytes.length > MOST_BYTES)
    return { ok: false, problem: `holds more than ${MOST_BYTES / 1024 / 1024} MiB` }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.trim() === '' ? { ok: false, problem: 'is empty: expected a prompt' } : { ok: true, text }
  } catch {
    return { ok: false, problem: 'is not valid UTF-8: expected text' }
  }
}
