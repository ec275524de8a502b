import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fatal } from '../run/ending.ts'

/** An `--mcp` value that is a path must name a JSON file; every other form passes. */
export function checkMcpFile(spec: string, cwd: string): void {
  const isPath = !spec.trimStart().startsWith('{') && (/[\\/]/.test(spec) || spec.endsWith('.json'))
  if (!isPath) return
  try {
    JSON.parse(readFileSync(resolve(cwd, spec), 'utf8'))
  } catch (error) {
    throw fatal(`Could not read the MCP configuration '${spec}'`, [
      error instanceof Error ? error.message : String(error),
    ])
  }
}
