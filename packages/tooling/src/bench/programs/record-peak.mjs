// Loaded before a program with --import: leaves the program's peak resident memory, in KiB, in a file.
import { writeFileSync } from 'node:fs'

const file = process.env.OZ_BENCH_RECORD
process.on('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS)))
