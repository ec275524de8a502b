import { join, resolve } from 'node:path'

/**
 * Where the downloaded CLI is kept for later jobs: a folder of ours within the one that the user chose, because a
 * cache removes its old entries, and those must be its own.
 * @param chosen relative to the checkout, or absolute.
 */
export function cacheFolder(checkout: string, chosen: string | undefined): string | undefined {
  return chosen === undefined ? undefined : join(resolve(checkout, chosen), 'oz-agent')
}
