import { runTool } from '../tool.ts'

process.exitCode = await runTool('biome', ['check', '--error-on-warnings', ...process.argv.slice(2)])
