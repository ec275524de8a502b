import { describe, expect, it } from 'vitest'
import { toolTitle } from './tools.ts'

describe('the title of a tool call', () => {
  const rows: [tool: string, input: Record<string, unknown>, title: string][] = [
    ['run_command', { command: 'npm test' }, 'Run: npm test'],
    ['run_command', { command: 'cat <<EOF\n::error::x\nEOF' }, 'Run: cat <<EOF ::error::x EOF'],
    ['run_command', { command: 'x'.repeat(500) }, `Run: ${'x'.repeat(194)}…`],
    ['run_command', {}, 'Run:'],
    ['write_to_command', {}, 'Type into the running command'],
    [
      'read_files',
      { files: [{ path: 'a.ts' }, { path: 'b.ts', lines: [{ start: 1, end: 9 }] }] },
      'Read: a.ts, b.ts (lines 1-9)',
    ],
    ['edit_files', { title: 'Fix', file_paths: ['src/a.ts', 'b.ts'] }, 'Edit: src/a.ts, b.ts'],
    ['edit_files', { title: 'Fix it' }, 'Edit: Fix it'],
    ['grep', { queries: ['foo', 'bar'], path: 'src' }, 'Search: foo, bar in src'],
    ['grep', { queries: 'foo', path: '.' }, 'Search: foo'],
    ['search_codebase', { query: 'where', codebase: '/repo' }, 'Search: where in /repo'],
    ['file_glob', { patterns: ['*.ts'], path: '' }, 'Find files: *.ts'],
    ['upload_artifact', { path: 'out.png' }, 'Upload: out.png'],
    ['read_mcp_resource', { uri: 'db://x' }, 'Read MCP resource: db://x'],
    ['call_mcp_tool', { name: 'create_issue', input: {} }, 'MCP tool: create_issue'],
    ['fly', {}, 'Tool: fly'],
  ]
  it.each(rows)('%s %j', (tool, input, title) => {
    expect(toolTitle(tool, input)).toBe(title)
  })
})
