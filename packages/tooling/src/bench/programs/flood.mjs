// The stand-in agent of the benchmarks: writes events as fast as its reader takes them, about OZ_BENCH_MEGABYTES of them.
import { once } from 'node:events'

const bytes = Number(process.env.OZ_BENCH_MEGABYTES) * 2 ** 20
const line = (event) => `${JSON.stringify(event)}\n`
const prose = 'The change is small: one function, its test, and a line in the manual. '
const listing = 'packages/core/src/index.ts: 12 lines, 3 exports, "quoted", tabs\tand ümläuts\n'
const round = [
  { type: 'agent', text: prose.repeat(8) },
  { type: 'agent_reasoning', text: prose.repeat(4) },
  { type: 'tool_call', tool: 'run_command', command: 'npm test' },
  { type: 'tool_result', tool: 'run_command', status: 'complete', exit_code: 0, output: listing.repeat(24) },
  { type: 'tool_call', tool: 'edit_files', title: 'Change the file', file_paths: ['src/index.ts'] },
  { type: 'tool_result', tool: 'edit_files', diff: '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n+new\n'.repeat(6) },
]
const block = Buffer.from(round.map(line).join('').repeat(16))

process.stdout.write(
  line({ type: 'system', event_type: 'run_started', run_id: 'r-1', run_url: 'https://example.com/r-1' }),
)
for (let written = 0; written < bytes; written += block.length) {
  if (!process.stdout.write(block)) await once(process.stdout, 'drain')
}
process.stdout.write(line({ type: 'agent', text: 'Done.' }))
