// The least that a Node program can do with an agent's output: hand it on.
import { spawn } from 'node:child_process'

const child = spawn(process.argv[2], ['agent', 'run'], { stdio: ['ignore', 'pipe', 'inherit'] })
child.stdout.pipe(process.stdout)
