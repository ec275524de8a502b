#!/usr/bin/env node
// Stands in for the `buildkite-agent` that hooks call. Writes every call into calls.ndjson beside it, refuses what the
// real one refuses, and misbehaves as behaviour.json says: {"annotate": "fail" | "hang" | "unknown"}.
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = dirname(fileURLToPath(import.meta.url))
const args = process.argv.slice(2)
const name = args.slice(0, args[0] === 'annotate' ? 1 : 2).join(' ')
const record = (more) =>
  appendFileSync(join(folder, 'calls.ndjson'), `${JSON.stringify({ name, args, ...more })}\n`)
const behaviours = existsSync(join(folder, 'behaviour.json'))
  ? JSON.parse(readFileSync(join(folder, 'behaviour.json'), 'utf8'))
  : {}
const behaviour = behaviours[name]

function refuse(message) {
  record({ refused: message })
  console.error(`fatal: ${message}`)
  process.exit(1)
}

const readInput = () => readFileSync(0, 'utf8')
const optionOf = (flag) => args[args.indexOf(flag) + 1]

const commands = {
  '--version'() {
    record({})
    console.log(`buildkite-agent version ${behaviours.version ?? '3.130.0'}`)
  },
  annotate() {
    const body = readInput()
    const context = optionOf('--context')
    const style = optionOf('--style')
    if (Buffer.byteLength(body) > 1024 * 1024) refuse('the body is larger than 1 MiB')
    if (body.trim() === '') refuse('the body is empty')
    if (!context || context.length > 100) refuse(`the context is wrong: ${context}`)
    if (!['success', 'info', 'warning', 'error'].includes(style)) refuse(`the style is wrong: ${style}`)
    record({ body, context, style })
  },
  'meta-data set'() {
    const value = readInput()
    const key = args[2]
    if (!key?.trim() || !value.trim()) refuse('key and value must not be blank')
    if (Buffer.byteLength(value) > 1024) refuse('the value is larger than 1 KiB')
    record({ key, value })
  },
  'artifact upload'() {
    const paths = args[2].split(';')
    for (const path of paths) {
      if (path.startsWith('/') || path.includes('..')) refuse(`${path} gives a poor name`)
      if (!existsSync(path)) refuse(`no file matches ${path}`)
      const target = join(folder, 'artifacts', path)
      mkdirSync(dirname(target), { recursive: true })
      copyFileSync(path, target)
    }
    record({ paths })
  },
  'redactor add'() {
    if (optionOf('--format') !== 'json') refuse('the format must be json')
    const values = Object.values(JSON.parse(readInput()))
    if (!values.every((value) => typeof value === 'string' && value !== '')) refuse('values must be text')
    record({ values })
  },
  'step update'() {
    const value = readInput()
    if (args[2] !== 'label' || value.trim() === '') refuse('expected a label')
    record({ value })
  },
  'secret get'() {
    const secrets = behaviours.secrets ?? {}
    const key = args[2]
    if (!(key in secrets)) {
      record({ notFound: key })
      console.error(`fatal: could not find secret: ${key}`)
      process.exit(1)
    }
    record({ key })
    console.log(secrets[key])
  },
}

// Earlier agents call themselves by their name to note the commit that they checked out.
if (args[2]?.startsWith('buildkite:')) process.exit(0)

if (behaviour === 'hang') {
  record({ pid: process.pid })
  setInterval(() => {}, 60_000)
} else if (behaviour === 'fail') {
  record({ failed: true })
  console.error('fatal: 500 Internal Server Error')
  process.exit(1)
} else if (behaviour === 'unknown' || commands[name] === undefined) {
  record({ unknown: true })
  console.error(`No help topic for '${args.slice(0, 2).join(' ')}'`)
  process.exit(3)
} else {
  commands[name]()
}
