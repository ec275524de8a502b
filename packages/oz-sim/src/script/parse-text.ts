import { SimError } from '../sim-error.ts'

/** JSON or YAML text as data; JSON is tried first, since loading the YAML parser costs start-up time. */
export async function parseText(text: string, origin: string): Promise<unknown> {
  try {
    return JSON.parse(text)
  } catch {
    const { parse } = await import('yaml')
    try {
      return parse(text)
    } catch (error) {
      throw new SimError(
        `${origin} is neither JSON nor YAML: ${error instanceof Error ? error.message : error}`,
      )
    }
  }
}
