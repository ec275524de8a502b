#!/usr/bin/env node
import { constants, openSync } from 'node:fs'
import { Socket } from 'node:net'
import { addAbortSignal } from 'node:stream'
import { createNodePorts, createTextSink } from '@oz-agent/core'
import { main } from '../main.ts'

const ports = {
  ...createNodePorts(),
  errors: createTextSink(process.stderr),
  openStream: (path: string | undefined, signal: AbortSignal) =>
    addAbortSignal(signal, path === undefined ? process.stdin : openPipe(path)),
}
process.exit(await main(process.argv.slice(2), process.env, ports))

/** A thread that waits for a pipe's writer, or reads from it, would keep this process from ending: nothing waits here. */
function openPipe(path: string): Socket {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  return new Socket({ fd: descriptor, readable: true, writable: false })
}
