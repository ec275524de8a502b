import { installRunners } from '@oz-agent/test-runners/runners'

// The first half of `npm run test:runners`.
await installRunners(console.log)
