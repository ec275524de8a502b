import { preExit } from './index.js'
await preExit()
