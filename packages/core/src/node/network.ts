/** HTTP, TLS, proxies and archives: loaded with their first use, as most steps find a CLI and make no request. */
export { unpack } from './archives.ts'
export { request } from './http.ts'
