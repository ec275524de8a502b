import type { PlatformCache } from '@oz-agent/core'

/**
 * GitHub's cache between runs, whose library is large and loaded only when it is asked.
 * A key is written once: a second save of it is no error. On runners without the cache service nothing is found or kept.
 * https://github.com/actions/toolkit/tree/main/packages/cache
 */
export function createActionsCache(): PlatformCache {
  return {
    async restore(key, folder) {
      const cache = await import('@actions/cache')
      if (!cache.isFeatureAvailable()) return false
      return (await cache.restoreCache([folder], key)) === key
    },
    async save(key, folder) {
      const cache = await import('@actions/cache')
      // Usual on self-hosted runners, and no fault of theirs.
      if (!cache.isFeatureAvailable()) return
      await cache.saveCache([folder], key)
    },
  }
}
