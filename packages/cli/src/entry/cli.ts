#!/usr/bin/env node
import { addAbortSignal } from 'node:stream'
import { createNodePorts, createTextSink } from '@oz-agent/core'
import { main } from '../main.ts'

const ports = {
  ...createNodePorts(),
  errors: createTextSink(process.stderr),
  openStandardInput: (signal: AbortSignal) => addAbortSignal(signal, process.stdin),
}
process.exit(await main(process.argv.slice(2), process.env, ports))
