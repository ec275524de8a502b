import type { InputId } from '../contract/inputs.ts'

/** Where a key is looked for, as a person reads it; a platform whose input is one of the variables names it once. */
export function keyPlaces(nameOf: (id: InputId) => string): string {
  const names = [...new Set([nameOf('warpApiKey'), 'WARP_API_KEY', 'WARP_API_KEY_FILE'])]
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
