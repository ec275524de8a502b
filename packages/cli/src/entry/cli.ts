#!/usr/bin/env node
import { createNodePorts } from '@oz-agent/core'
import { main } from '../main.ts'

const ports = createNodePorts()
process.exit(await main(process.argv.slice(2), process.env, ports))
