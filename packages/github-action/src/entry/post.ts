import { dirname } from 'node:path'
import { afterStep, createNodePorts } from '@oz-agent/core'
import { createGitHubHost } from '../host.ts'
import { RECORD_STATE } from '../state.ts'

const ports = createNodePorts()
const record = process.env[`STATE_${RECORD_STATE}`] ?? ''
await afterStep(createGitHubHost(process.env, ports, dirname(record)), ports, record)
process.exit(0)
