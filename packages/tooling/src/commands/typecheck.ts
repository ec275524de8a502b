import { runTool } from '../tool.ts'

process.exitCode = await runTool('tsc', ['-p', 'tsconfig.json', ...process.argv.slice(2)])
