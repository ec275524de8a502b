import type { Http } from '../ports.ts'

/** HTTP that is loaded with its first request: most steps make none. */
export function createNodeHttp(): Http {
  return { request: async (order) => (await import('../node/http.ts')).request(order) }
}
