import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** How the CLI was really called, as its process saw it. */
export interface RecordedCall {
  readonly argv: string[]
  readonly env: Record<string, string>
}

/**
 * Writes an `oz` that keeps its arguments and environment byte for byte, says one thing and ends.
 * A shell script rather than oz-sim: it shows what execve got, with no parser in between.
 */
export function writeRecordingOz(folder: string): {
  path: string
  lastFile: string
  calls(): RecordedCall[]
} {
  const path = join(folder, 'oz')
  const record = join(folder, 'call')
  writeFileSync(
    path,
    `#!/bin/sh
if [ "$1" = --version ]; then echo v0.2026.08.19.08.14.stable_01; exit 0; fi
if [ "$1" != agent ]; then exit 0; fi
printf '%s\\0' "$@" > '${record}.argv'
cat /proc/$$/environ > '${record}.env'
for argument in "$@"; do
  case $argument in
    --mcp=/*) cp "\${argument#--mcp=}" '${record}.file' ;;
    --prompt=*/private/prompt.md*)
      path=\${argument#*the file }
      cp "\${path%% (UTF-8*}" '${record}.file' ;;
  esac
done
if [ "$2" = run-cloud ]; then echo 'Spawned ambient agent with run ID: run-1'; exit 0; fi
echo '{"type":"agent","text":"done"}'
`,
  )
  chmodSync(path, 0o755)
  const parts = (file: string) => readFileSync(file, 'utf8').split('\0').slice(0, -1)
  return {
    path,
    /** A copy of the private file that the arguments pointed to last. */
    lastFile: `${record}.file`,
    calls: () => [
      {
        argv: parts(`${record}.argv`),
        env: Object.fromEntries(
          parts(`${record}.env`).map((entry) => {
            const at = entry.indexOf('=')
            return [entry.slice(0, at), entry.slice(at + 1)]
          }),
        ),
      },
    ],
  }
}
