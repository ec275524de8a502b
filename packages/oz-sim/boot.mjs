// Starts the stand-in from its TypeScript source. Node keeps what it has compiled in the cache below, so that only
// the first start pays for stripping the types; a TypeScript entry file would pay for it at every start.
import { enableCompileCache } from 'node:module'

enableCompileCache(new URL('node_modules/.cache/oz-sim', import.meta.url).pathname)
await import('./src/main.ts')
