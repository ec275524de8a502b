import { createNodePorts } from '@oz-agent/core'
import { createJobApi } from '../agent/job-api.ts'
import { cleanUp } from '../modes/clean-up.ts'

await cleanUp(process.env, createNodePorts(), createJobApi(process.env))
process.exit(0)
