import { createNodePorts } from '@oz-agent/core'
import { createJobApi } from '../agent/job-api.ts'
import { runHook } from '../modes/run-hook.ts'

process.exit(await runHook(process.env, createNodePorts(), createJobApi(process.env)))
