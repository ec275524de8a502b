import type { InputId } from '../contract/inputs.ts'
import { messageOf, RunnerError } from '../errors.ts'
import type { Environment, Files } from '../ports.ts'

/** A key and the name of the place that it came from. */
export interface ResolvedKey {
  readonly key: string
  readonly source: string
}

interface KeyPlaces {
  /** The value of the input, and its name as the user typed it. */
  readonly input: { readonly name: string; readonly value: string | undefined }
  readonly env: Environment
  readonly files: Pick<Files, 'readText'>
}

type KeyResolver = (places: KeyPlaces) => Promise<ResolvedKey | undefined>

/** In this order; the first that has one wins. */
const RESOLVERS: readonly KeyResolver[] = [fromInput, fromVariable, fromFile]

/**
 * Finds the Warp API key: the input, `WARP_API_KEY`, or the file that `WARP_API_KEY_FILE` names.
 * Undefined when there is none; `not-permitted` when a named file cannot be read or is empty, or what was found is no key.
 */
export async function resolveKey(places: KeyPlaces): Promise<ResolvedKey | undefined> {
  for (const resolver of RESOLVERS) {
    const found = await resolver(places)
    if (found !== undefined) return found
  }
  return undefined
}

async function fromInput({ input }: KeyPlaces): Promise<ResolvedKey | undefined> {
  const key = input.value?.trim()
  if (!key) return undefined
  refuseMalformed(key, input.name, `Give ${input.name} nothing but the key.`)
  return { key, source: input.name }
}

async function fromVariable({ env }: KeyPlaces): Promise<ResolvedKey | undefined> {
  const key = env.WARP_API_KEY?.trim()
  if (!key) return undefined
  refuseMalformed(key, 'WARP_API_KEY', 'Let WARP_API_KEY hold nothing but the key.')
  return { key, source: 'WARP_API_KEY' }
}

async function fromFile({ env, files }: KeyPlaces): Promise<ResolvedKey | undefined> {
  const path = env.WARP_API_KEY_FILE?.trim()
  if (!path) return undefined
  const remedy = 'Let WARP_API_KEY_FILE name a readable file that holds nothing but the key.'
  let text: string
  try {
    text = await files.readText(path)
  } catch (cause) {
    throw new RunnerError('not-permitted', `WARP_API_KEY_FILE: ${path} cannot be read: ${messageOf(cause)}`, {
      remedy,
      cause,
    })
  }
  const key = text.trim()
  const place = `WARP_API_KEY_FILE: ${path}`
  if (key === '') throw new RunnerError('not-permitted', `${place} is empty`, { remedy })
  refuseMalformed(key, place, remedy)
  return { key, source: `WARP_API_KEY_FILE (${path})` }
}

/** What no key holds, and no environment variable or header could carry; the message does not show the key. */
function refuseMalformed(key: string, place: string, remedy: string): void {
  if (/\s/.test(key)) {
    throw new RunnerError('not-permitted', `${place} holds more than one word`, { remedy })
  }
  if (/\p{Cc}/u.test(key)) {
    throw new RunnerError('not-permitted', `${place} holds control characters`, { remedy })
  }
}

/** A warning about a key that does not look like one; the server has the last word. */
export function keyWarning({ key, source }: ResolvedKey): string | undefined {
  return key.startsWith('wk-')
    ? undefined
    : `the key from ${source} does not begin with wk-, as Warp API keys do: is it another secret?`
}

/** Where a key is looked for, as a person reads it; a platform whose input is one of the variables names it once. */
export function keyPlaces(nameOf: (id: InputId) => string): string {
  const names = [...new Set([nameOf('warpApiKey'), 'WARP_API_KEY', 'WARP_API_KEY_FILE'])]
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
