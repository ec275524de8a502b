import { planChanges } from '../generate/plan.ts'

const changes = await planChanges()
if (changes.length === 0) {
  console.log('Everything generated is up to date.')
} else {
  console.error('Not what the contract generates:')
  for (const { path } of changes) console.error(`  ${path}`)
  console.error('Repair: npm run generate, then commit the files above.')
  process.exitCode = 1
}
